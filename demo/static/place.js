// Laid over simcord's page of one place, so that it behaves as Discord does where a person would notice.
const MOST_WORDS = 3; // a command has a name, perhaps a group and a subgroup
const FRAMES_HELD = 6;

const composer = () => document.getElementById("channel-composer-input");
const timeline = document.getElementById("channel-timeline");
const messages = document.getElementById("channel-message-list");

// 1. In Discord "/find laser", typed in one go, becomes the command /find with its first field filled as soon as the
//    space is typed. simcord's page would send it as a message.

let atWork = false;

function type(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function offered(invocation) {
  const entries = [...document.querySelectorAll(".command-popup .command-entry")];
  return entries.find((entry) => entry.querySelector("strong")?.textContent === invocation);
}

/** Turn "/command rest" into the command with its first field filled. False where no such command is offered. */
function turnIntoCommand(field) {
  const typed = field.value;
  if (atWork || !/^\/\S+ /.test(typed) || typed.includes("\n")) return false;
  const words = typed.split(" ");
  atWork = true;
  try {
    for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
      const invocation = words.slice(0, count).join(" ");
      type(field, invocation);
      const entry = offered(invocation);
      if (!entry) continue;
      entry.click();
      const option = document.querySelector(".command-row .command-option-input");
      const rest = words.slice(count).join(" ").trim();
      if (option && rest) type(option, rest);
      return true;
    }
    type(field, typed);
    return false;
  } finally {
    atWork = false;
  }
}

window.addEventListener("input", (event) => {
  if (event.target === composer() && turnIntoCommand(event.target)) event.stopImmediatePropagation();
}, true);

// 2. What is done while simcord's page still waits for an answer (to suggestions, for example) is done afterwards. It
//    would be lost without a word.

function busy() {
  const { pendingAction, awaitingRevision, publishedRevision } = window.simcordPreview;
  return Boolean(pendingAction) || (awaitingRevision ?? 0) > publishedRevision;
}

function onceIdle(act) {
  if (busy()) requestAnimationFrame(() => onceIdle(act));
  else act();
}

function postpone(event, act) {
  event.preventDefault();
  event.stopImmediatePropagation();
  onceIdle(act);
}

const pressEnter = () => document.activeElement?.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));

window.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLElement)) return;
  // The list of commands may still have been on its way when the space was typed.
  if (event.target === composer() && turnIntoCommand(event.target)) postpone(event, () => {});
  else if (event.isTrusted && event.target.closest(".command-row") && busy()) postpone(event, pressEnter);
}, true);

window.addEventListener("submit", (event) => {
  if (busy()) postpone(event, () => event.target.isConnected && event.target.requestSubmit());
}, true);

window.addEventListener("click", (event) => {
  const button = event.isTrusted && event.target instanceof Element && event.target.closest("button.component-button");
  if (button && busy()) postpone(event, () => button.isConnected && button.click());
}, true);

// 3. The answer to what I did comes into view. simcord's page says "New messages" and stays where it is.

/** Show a message whole, or from its beginning where it is taller than the window. */
function reveal(message, frames) {
  document.getElementById("new-messages").hidden = true;
  if (message.offsetHeight > timeline.clientHeight) message.scrollIntoView({ block: "start" });
  else timeline.scrollTop = timeline.scrollHeight;
  // simcord's page puts the old place back when a picture has come in; it gives way after a moment.
  if (frames > 0) requestAnimationFrame(() => reveal(message, frames - 1));
}

function revealAnswer(message) {
  if (!message.isConnected) return;
  if (!window.simcordPreview.ready) { requestAnimationFrame(() => revealAnswer(message)); return; }
  const answers = window.simcordPreview.activity.flatMap((action) => action.outcomes || []);
  if (answers.some((answer) => answer.messageId === message.dataset.messageId)) reveal(message, FRAMES_HELD);
}

new MutationObserver((changes) => {
  const last = messages.lastElementChild;
  if (last?.dataset.messageId && changes.some((change) => [...change.addedNodes].includes(last))) revealAnswer(last);
}).observe(messages, { childList: true });

// 4. A command or a channel that a message names can be pressed.

window.addEventListener("click", (event) => {
  const named = event.target instanceof Element && event.target.closest("span.command-mention, span.mention");
  if (!named || !messages.contains(named)) return;
  const text = named.textContent.trim();
  if (text.startsWith("#")) window.parent.postMessage({ open: text.slice(1) }, location.origin);
  const field = composer();
  if (!text.startsWith("/") || !field?.isConnected) return;
  field.focus();
  type(field, `${text} `);
}, true);
