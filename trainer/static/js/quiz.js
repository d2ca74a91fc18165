// An answer is told at once, in its place, without loading the page; and the steps of an order are moved by buttons.

const FAILED = "That did not reach us. Check your connection and press the button again.";
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.querySelector("[data-quiz]").append(said);

function say(text) {
  said.textContent = text;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-answer]")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  let fragment;
  try {
    fragment = await send(form);
  } catch {
    fail(form);
    return;
  }
  if (fragment) put(form.closest("[data-question]"), fragment);
  else HTMLFormElement.prototype.submit.call(form); // signed out, or something unforeseen: the page says what
});

async function send(form) {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "question" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("h1") ? null : page;
}

function fail(form) {
  delete form.dataset.busy;
  let notice = form.querySelector("[data-failed]");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "fault";
    notice.dataset.failed = "";
    form.append(notice);
  }
  notice.textContent = FAILED;
  say(FAILED);
}

function put(question, fragment) {
  const fresh = fragment.querySelector("[data-question]");
  const writing = question.querySelector("[data-private]");
  if (writing) fresh.querySelector("[data-private]")?.replaceWith(writing); // words being typed stay as they are
  question.replaceWith(fresh);
  document.querySelector("[data-summary]")?.replaceWith(fragment.querySelector("[data-summary]"));
  fresh.querySelectorAll("[data-steps]").forEach(enhance);
  fresh.querySelector("h3").focus({ preventScroll: true });
  fresh.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  say(whatIsTold(fresh));
}

function whatIsTold(question) {
  const pieces = question.querySelectorAll(".fault, .told-head, .options-told > li:first-child, .order-told + .prose");
  return [...pieces].map((piece) => piece.textContent.trim().replace(/\s+/g, " ")).join(" ") || "Kept.";
}

function enhance(list) {
  const steps = () => [...list.querySelectorAll("[data-step]")];
  const placed = (step) => Number(step.querySelector("select").value) || 99;
  steps().sort((one, other) => placed(one) - placed(other)).forEach((step) => list.append(step));
  const number = () => steps().forEach((step, index) => { step.querySelector("select").value = String(index + 1); });
  for (const step of steps()) {
    step.querySelector("select").hidden = true;
    const mover = document.createElement("span");
    mover.className = "step-move";
    mover.append(move(step, list, -1, number), move(step, list, 1, number));
    step.append(mover);
  }
  list.classList.add("steps-moving");
  number();
}

function move(step, list, by, number) {
  const button = document.createElement("button");
  const text = step.querySelector(".step-text").textContent.trim();
  button.type = "button";
  button.className = "step-button";
  button.textContent = by < 0 ? "↑" : "↓";
  button.setAttribute("aria-label", `${by < 0 ? "Up" : "Down"}: ${text}`);
  button.addEventListener("click", () => {
    const steps = [...list.querySelectorAll("[data-step]")];
    const at = steps.indexOf(step);
    const other = steps[at + by];
    if (!other) {
      say(`${text} is ${by < 0 ? "first" : "last"} already.`);
      return;
    }
    if (by < 0) other.before(step);
    else other.after(step);
    list.querySelectorAll("[data-in-place]").forEach((mark) => mark.remove()); // they spoke of the order before
    number();
    button.focus();
    say(`${text}: now ${at + by + 1} of ${steps.length}.`);
  });
  return button;
}

document.querySelectorAll("[data-steps]").forEach(enhance);
