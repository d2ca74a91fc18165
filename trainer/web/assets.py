"""Static files, read once at start, served compressed at an address that carries their content hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, current_app, request

from trainer.refusal import NotFound
from trainer.web.access import access, anyone

COMPRESSIBLE = {".css", ".js", ".svg", ".webmanifest", ".txt"}
FOLDER = Path(__file__).resolve().parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served; `packed` is its gzip form, empty where that would gain nothing."""

    address: str
    content_type: str
    plain: bytes
    packed: bytes


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Read every file below `folder` and serve it below /static/; `asset('css/x.css')` in a template names it."""
    sheets = sorted(folder.glob("css/*.css"))
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    contents["css/all.css"] = b"\n".join(sheet.read_bytes() for sheet in sheets)
    assets = {name: _asset(name, content) for name, content in contents.items()}
    app.extensions["trainer.assets"] = {asset.address: asset for asset in assets.values()}
    app.jinja_env.globals["asset"] = lambda name: assets[name].address
    app.add_url_rule("/static/<path:name>", "assets.static", _serve)


def _asset(name: str, content: bytes) -> Asset:
    path = Path(name)
    mark = hashlib.sha256(content).hexdigest()[:10]
    packed = gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSIBLE else b""
    address = f"/static/{path.with_suffix('').as_posix()}.{mark}{path.suffix}"
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(address, content_type, content, packed if len(packed) < len(content) else b"")


@access(anyone)
def _serve(name: str) -> Response:
    asset: Asset | None = current_app.extensions["trainer.assets"].get(f"/static/{name}")
    if asset is None:
        raise NotFound
    zipped = bool(asset.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(asset.packed if zipped else asset.plain, content_type=asset.content_type)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response
