/* Saves each change of a register at once and says so. Without it the page has one Save button. */

const LETTERS = { p: "present", a: "apologies", x: "absent" };
const AGAIN_AFTER = 5000; // milliseconds until a save that did not arrive is tried again

class Register {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-status]");
    this.people = form.elements.people.value.split(" ");
    this.changed = new Set(); // numbers of rows that are not saved yet
    this.faulty = new Set(); // numbers of rows that wait for a better number of minutes
    this.busy = false;
    this.ended = false;
    form.querySelector("[data-save]").hidden = true;
    form.addEventListener("change", (event) => this.notice(event.target));
    form.querySelector("[data-all]").addEventListener("click", (event) => this.markAll(event));
    form.addEventListener("submit", () => (this.ended = true));
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!this.ended && this.changed.size + this.faulty.size) event.preventDefault();
    });
  }

  field(name) {
    return this.form.elements[name];
  }

  notice(control) {
    const number = /^[pmb](\d+)/.exec(control.name)?.[1];
    if (!number) return;
    this.faulty.delete(number);
    this.changed.add(number);
    this.tell(number, "");
    this.countSeen(number);
    this.save();
  }

  markAll(event) {
    event.preventDefault();
    this.people.forEach((_, index) => {
      const number = String(index + 1);
      const choice = this.field(`p${number}`);
      if (choice.value) return;
      choice.value = "present";
      this.changed.add(number);
    });
    this.save({ all: "1" });
  }

  body(numbers, more) {
    const wanted = (name) => {
      const number = /^[pmbw](\d+)/.exec(name)?.[1];
      return number ? numbers.has(number) : ["csrf_token", "people", "behaviours"].includes(name);
    };
    const fields = [...new FormData(this.form)].filter(([name]) => wanted(name));
    return new URLSearchParams([...fields, ...Object.entries(more)]);
  }

  async save(more = {}) {
    if (this.busy || this.ended || !(this.changed.size || more.all)) return;
    this.busy = true;
    const sent = new Set(this.changed);
    const body = this.body(sent, more);
    this.changed.clear();
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(this.form.action, { method: "POST", body, headers, keepalive: true }); // outlives the page
      await this.read(answer, sent);
    } catch {
      this.keep(sent);
    } finally {
      this.busy = false;
    }
    if (this.changed.size && !this.waiting) this.save();
  }

  async read(answer, sent) {
    const said = await answer.json();
    if (answer.ok) return this.saved(said);
    if (answer.status >= 500) return this.keep(sent);
    if (answer.status !== 422) {
      this.ended = true;
      return this.say(`${said.sentence} Load this page again.`);
    }
    sent.forEach((number) => {
      const fault = said.faults[this.people[number - 1]];
      (fault ? this.faulty : this.changed).add(number);
      this.tell(number, fault || "");
    });
    if (!this.faulty.size) this.ended = true; // nothing at a row is wrong, so sending it again would not help
    this.say(said.sentence || "Not saved: something needs another look.");
  }

  keep(sent) {
    sent.forEach((number) => this.changed.add(number));
    this.say("Not saved yet: no connection. It will be tried again; keep this page open.");
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      this.save();
    }, AGAIN_AFTER);
  }

  saved(said) {
    this.people.forEach((person, index) => {
      const number = String(index + 1);
      const token = said.rows[person];
      if (token && !this.changed.has(number) && !this.faulty.has(number)) this.show(number, token);
    });
    const total = Object.keys(said.rows).length;
    this.say(`${said.sentence} ${total - said.unmarked} of ${total} marked. Saved ${said.at}.`.trim());
  }

  show(number, token) {
    const remembered = this.field(`w${number}`);
    if (remembered.value === token) return;
    remembered.value = token;
    const [mark, ...seen] = token.split(".");
    this.field(`p${number}`).value = LETTERS[mark[0]] || "";
    if (mark[0] === "p") this.field(`m${number}`).value = mark.slice(1);
    for (const box of this.boxes(number)) box.checked = seen.includes(box.name.split(".")[1]);
    this.countSeen(number);
  }

  boxes(number) {
    return this.row(number).querySelectorAll("input[type=checkbox]");
  }

  row(number) {
    return this.field(`w${number}`).closest("fieldset");
  }

  countSeen(number) {
    const summary = this.row(number).querySelector("summary");
    const seen = [...this.boxes(number)].filter((box) => box.checked).length;
    if (summary) summary.textContent = seen ? `Seen: ${seen}` : "Seen";
  }

  tell(number, fault) {
    const row = this.row(number);
    row.classList.toggle("mark-fault", Boolean(fault));
    row.querySelector(".fault")?.remove();
    const box = this.field(`m${number}`);
    box.removeAttribute("aria-describedby");
    box.toggleAttribute("aria-invalid", Boolean(fault));
    if (!fault) return;
    const sentence = Object.assign(document.createElement("p"), { className: "fault", id: `f${number}`, textContent: fault });
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", sentence.id);
    box.closest("label").after(sentence);
  }

  say(sentence) {
    this.status.textContent = sentence;
  }
}

const form = document.querySelector("[data-register]");
if (form) new Register(form);
