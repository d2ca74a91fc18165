"""One's own certificate, those of a cohort, and the page on which anyone checks one."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from trainer import clock
from trainer.certificates import eligible, queries, services
from trainer.certificates.codes import say_code, tidy_code
from trainer.certificates.forms import CodeForm, RevokeForm
from trainer.certificates.models import Certificate
from trainer.certificates.public import UNKNOWN, told
from trainer.certificates.rules import REASONS, Reason, file_names, limits, say_date
from trainer.cohorts.queries import find_own_enrolment, get_cohort
from trainer.curriculum.shelf import catalogue, programme
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow, NotValid, Refused
from trainer.web.access import access, anyone, coordinators, signed_in, trainees, trainers, viewer
from trainer.web.site import settings
from trainer.web.unit import after_commit, database, db, release

pages = Blueprint("certificates", __name__)
LOAD_AGAIN = "6"  # seconds; a paper takes one or two


@pages.app_template_filter()
def long_day(day: date) -> Markup:
    """Return a `<time>` that reads "5 November 2026"."""
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), say_date(day))


@pages.get("/certificate")
@access(trainees)
def mine() -> ResponseReturnValue:
    """Show one's certificate, or what still stands between oneself and it."""
    place = find_own_enrolment(db(), viewer())
    issued = queries.own(db(), viewer())
    standing = next((one for one in issued if one.revocation is None), None)
    case = None
    if place and not standing:
        case = eligible.case_of(db(), place, programme(place.cohort.programme), catalogue())
    page = render_template("certificates/mine.html", issued=issued, standing=standing, case=case)
    response = make_response(page)
    if standing and standing.paper is None:
        response.headers["Refresh"] = LOAD_AGAIN
    return response


@pages.get("/certificate/<certificate_id>.pdf")
@access(signed_in)
def download(certificate_id: str) -> Response:
    """Give the PDF as it was made once; nothing is drawn here."""
    certificate = queries.get_certificate(db(), viewer(), certificate_id)
    if certificate.paper is None:
        raise NotNow("being-made", "Its PDF is being made. Try again in a minute.")
    if certificate.paper.pdf is None:
        raise NotFound
    response = Response(certificate.paper.pdf, content_type="application/pdf")
    plain, named = file_names(certificate.number, certificate.name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(named, safe='')}"
    response.headers["Content-Disposition"] = disposition
    return response


@pages.get("/cohorts/<cohort_id>/certificates")
@access(trainers)
def cohort(cohort_id: str) -> ResponseReturnValue:
    """Show who of a cohort has a certificate, who may have one, and what the others still need."""
    return _cohort_page(cohort_id)


def _cohort_page(cohort_id: str, refusal: Refused | None = None) -> str:
    found, places = queries.places(db(), viewer(), cohort_id)
    course = programme(found.programme)
    verdicts = eligible.eligible_in(db(), cohort_id, [place.enrolment for place in places], course, catalogue())
    waiting = [one for place in places for one in place.certificates if one.paper is None]
    return render_template(
        "certificates/cohort.html",
        cohort=found,
        places=places,
        verdicts=verdicts,
        waiting=waiting,
        refusal=refusal,
        reasons=REASONS,
    )


@pages.post("/cohorts/<cohort_id>/certificates/people/<person_id>")
@access(coordinators)
def issue(cohort_id: str, person_id: str) -> ResponseReturnValue:
    """Issue one certificate; its paper is made once the facts are committed."""
    try:
        certificate = services.issue(db(), viewer(), cohort_id, person_id, catalogue(), settings(), clock.now())
        flash(f"Certificate {certificate.number} is issued.")
        _make_papers()
    except AlreadyDone as refusal:
        flash(refusal.sentence)
    except (NotAllowed, NotNow, NotValid) as refusal:
        release()
        return _cohort_page(cohort_id, refusal), refusal.status
    return redirect(url_for(".cohort", cohort_id=cohort_id), 303)


@pages.post("/cohorts/<cohort_id>/certificates/papers")
@access(coordinators)
def make_papers(cohort_id: str) -> ResponseReturnValue:
    """Make the papers that are still missing, of this cohort and any other."""
    get_cohort(db(), viewer(), cohort_id)
    _make_papers()
    flash("The PDFs that are missing are being made. Load this page again in a moment.")
    return redirect(url_for(".cohort", cohort_id=cohort_id), 303)


def _make_papers() -> None:
    main, site = database(), settings()

    def work() -> None:
        services.render_missing(main, site)

    after_commit(work)


@pages.get("/certificate/<certificate_id>/revoke")
@access(coordinators)
def revoke(certificate_id: str) -> ResponseReturnValue:
    """Ask why a certificate does not count any more."""
    certificate = queries.get_certificate(db(), viewer(), certificate_id)
    return _revoke_page(certificate, RevokeForm())


@pages.post("/certificate/<certificate_id>/revoke")
@access(coordinators)
def revoke_now(certificate_id: str) -> ResponseReturnValue:
    """Revoke a certificate with a reason."""
    certificate = queries.get_certificate(db(), viewer(), certificate_id)
    form = RevokeForm()
    if not form.validate_on_submit():
        return _revoke_page(certificate, form), 422
    try:
        services.revoke(db(), viewer(), certificate, Reason(form.reason.data), settings(), clock.now())
        flash(f"Certificate {certificate.number} is revoked. Whoever checks it is told so.")
    except AlreadyDone as refusal:
        flash(refusal.sentence)
    return redirect(url_for(".cohort", cohort_id=certificate.cohort_id), 303)


def _revoke_page(certificate: Certificate, form: RevokeForm) -> str:
    return render_template("certificates/revoke.html", certificate=certificate, form=form)


@pages.get("/verify")
@access(anyone)
def enter() -> ResponseReturnValue:
    """Ask for a code, and go to its page."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return render_template("certificates/enter.html", form=form)
    if not form.validate():
        return render_template("certificates/enter.html", form=form), 422
    return redirect(url_for(".verify", code=tidy_code(form.code.data)), 303)


@pages.get("/verify/<code>")
@access(anyone)
def verify(code: str) -> ResponseReturnValue:
    """Tell anyone who has the code what was signed, and whether it still stands."""
    if request.accept_mimetypes.best == "application/json":
        return verify_json(code)
    certificate = queries.find_by_code(db(), tidy_code(code))
    if certificate is None:
        return render_template("certificates/unknown.html", form=CodeForm(None)), 404
    facts = certificate.stated
    page = render_template(
        "certificates/verify.html",
        certificate=certificate,
        facts=facts,
        limits=limits(facts),
        reasons=REASONS,
        code=say_code(certificate.code),
    )
    response = make_response(page)
    response.vary.add("Accept")
    return response


@pages.get("/verify/<code>.json")
@access(anyone)
def verify_json(code: str) -> ResponseReturnValue:
    """Tell a program the same."""
    certificate = queries.find_by_code(db(), tidy_code(code))
    if certificate is None:
        return {"state": "unknown", "sentence": UNKNOWN}, 404
    return told(certificate)
