// A reply is answered in its place, without loading the page, and the focus goes to the new turn.

const FAILED = "That did not reach us. Check your connection and choose again.";
const walk = document.querySelector("[data-walk]");
let busy = false;

walk.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-say]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    const fragment = await send(form, event.submitter);
    if (fragment) put(fragment);
    else leave(form, event.submitter); // signed out, or something unforeseen: the page says what
  } catch {
    fail(form);
  } finally {
    busy = false;
  }
});

function fieldsOf(form, submitter) {
  const fields = new FormData(form);
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  return fields;
}

async function send(form, submitter) {
  const body = fieldsOf(form, submitter);
  const response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "walk" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(".walk") && !page.querySelector("h1") ? page : null;
}

function put(fragment) {
  walk.replaceChildren(...fragment.body.childNodes);
  const newest = walk.querySelector(".walk > li:last-child");
  newest.focus({ preventScroll: true });
  newest.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function leave(form, submitter) {
  if (submitter?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(field);
  }
  HTMLFormElement.prototype.submit.call(form);
}

function fail(form) {
  let notice = walk.querySelector("[data-failed]");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "fault";
    notice.dataset.failed = "";
    notice.setAttribute("role", "alert");
    form.append(notice);
  }
  notice.textContent = FAILED;
}
