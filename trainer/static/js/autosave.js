// Private words are saved two seconds after the last key, on leaving the box and on leaving the page. The box says
// whether they are; when saving fails they stay in the tab, and when another tab was first the reader chooses.

const PAUSE = 2000;
const RETRY = 10000;
const boxes = new Map();
let submitting = false;

const LOST = "This could not be saved. Your words stay in this tab, and we keep trying. Leave it open, or copy them.";
const SIGNED_OUT = "Not saved: you seem to be signed out. Your words stay in this tab. Sign in again in another tab; they are saved from here as soon as you have.";

class Box {
  constructor(root) {
    this.form = root.closest("form");
    this.area = root.querySelector("[data-text]");
    this.revision = root.querySelector("[data-revision]");
    this.state = root.querySelector("[data-state]");
    this.said = root.querySelector("[data-said]");
    this.trouble = root.querySelector("[data-trouble]");
    this.kept = this.area.defaultValue;
    this.unanswered = new Set();
    this.timer = 0;
    this.pause = PAUSE;
    this.busy = false;
    this.held = false;
    this.failing = false;
  }

  get changed() {
    return this.area.value !== this.kept;
  }

  typed() {
    if (!this.changed) return;
    this.state.textContent = "Not saved yet";
    if (!this.held) this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.busy || this.held || !this.changed) return;
    this.busy = true;
    const text = this.area.value;
    this.state.textContent = "Saving…";
    try {
      this.answered(text, await this.send(text, leaving));
    } catch {
      this.unanswered.add(text);
      this.failed(LOST);
    } finally {
      this.busy = false;
    }
    if (this.changed && !this.held && !this.failing) this.later(this.pause);
    this.pause = PAUSE;
  }

  async send(text, leaving) {
    const body = new FormData();
    body.set("csrf_token", this.form.elements.csrf_token.value);
    body.set(this.area.name, text);
    body.set(this.revision.name, this.revision.value);
    const keepalive = leaving && new Blob([text]).size < 50000; // browsers refuse more than 64 kB after a page is left
    const response = await fetch(this.form.action, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
    const answer = (response.headers.get("Content-Type") || "").startsWith("application/json") ? await response.json() : {};
    return { status: response.status, ...answer };
  }

  answered(text, answer) {
    if (answer.status === 200) this.saved(text, answer);
    else if (answer.status === 409 && "stored" in answer) this.clashed(answer);
    else if (answer.status === 422) this.refused(answer.sentence);
    else if (answer.status === 400 || answer.status === 404) this.failed(SIGNED_OUT, true);
    else this.failed(LOST);
  }

  saved(text, answer) {
    this.kept = text;
    this.revision.value = answer.revision;
    this.unanswered.clear();
    this.failing = false;
    this.trouble.replaceChildren();
    this.state.textContent = this.changed ? "Not saved yet" : answer.sentence;
    this.said.textContent = answer.sentence;
  }

  failed(sentence, renew = false) {
    this.failing = true;
    this.state.textContent = "Not saved";
    this.tell(sentence);
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      if (renew) await this.renewToken();
      await this.save();
    }, RETRY);
  }

  refused(sentence) {
    this.failing = true; // until the text is changed; sending the same again would change nothing
    this.state.textContent = "Not saved";
    this.tell(sentence);
  }

  clashed(answer) {
    if (this.unanswered.has(answer.stored)) {
      this.kept = answer.stored; // our own save, whose answer was lost on the way
      this.revision.value = answer.revision;
      this.pause = 0;
      return;
    }
    this.held = true;
    this.state.textContent = "Not saved: two versions";
    const stored = element("p", answer.stored || "Nothing: it was deleted there.", "as-written");
    this.tell(answer.sentence, element("p", "In the other tab:", "eyebrow"), stored, this.choice("Keep what is here", () => this.keepMine(answer)), this.choice("Take what is there", () => this.takeOther(answer)));
  }

  choice(words, act) {
    const button = element("button", words, "button quiet");
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  keepMine(answer) {
    this.settle(answer);
    this.save();
  }

  takeOther(answer) {
    this.settle(answer);
    this.area.value = answer.stored;
    this.state.textContent = answer.stored ? "Saved" : "";
  }

  settle(answer) {
    this.held = false;
    this.failing = false;
    this.kept = answer.stored;
    this.revision.value = answer.revision;
    this.trouble.replaceChildren();
    this.area.focus();
  }

  tell(sentence, ...more) {
    const notice = element("div", "", "attention");
    notice.setAttribute("role", "alert");
    notice.append(element("p", sentence), ...more);
    this.trouble.replaceChildren(notice);
  }

  async renewToken() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const token = page.querySelector("form[data-autosave] [name=csrf_token]");
      if (token) this.form.elements.csrf_token.value = token.value;
    } catch {
      // still no connection: the next try comes by itself
    }
  }
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function boxOf(target) {
  const root = target.matches?.("[data-text]") && target.closest("[data-private]");
  if (!root) return null;
  if (!boxes.has(root)) boxes.set(root, new Box(root));
  return boxes.get(root);
}

function saveAll(how) {
  for (const box of boxes.values()) box.save(how);
}

document.querySelectorAll("[data-text]").forEach(boxOf);

document.addEventListener("input", (event) => {
  const box = boxOf(event.target);
  if (!box) return;
  if (!box.held) box.failing = false;
  box.typed();
});
document.addEventListener("focusout", (event) => boxOf(event.target)?.save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !submitting) saveAll({ leaving: true });
});
window.addEventListener("pagehide", () => submitting || saveAll({ leaving: true }));
window.addEventListener("online", () => saveAll());
window.addEventListener("beforeunload", (event) => {
  const unsaved = [...boxes.values()].some((box) => box.changed && (box.failing || box.held));
  if (unsaved && !submitting) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (!button) return;
  event.preventDefault();
  for (const box of boxes.values()) {
    if (box.form !== button.form) continue;
    if (box.changed) box.save();
    else box.said.textContent = box.state.textContent || "Nothing has changed.";
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-autosave]")) submitting = true; // the form itself carries the words
});
window.addEventListener("pageshow", () => {
  submitting = false;
});
