// The channel list, the people, and the frame. The server says once a second what there is; this draws what changed.
const EVERY_MILLISECONDS = 1000;
// simcord lets go of a page that has not asked for ten minutes; a tab that slept that long loads its place again.
const SLEPT_MILLISECONDS = 9 * 60 * 1000;
const SIGNS = { text: "#", thread: "↳", dm: "@" };

const $ = (id) => document.getElementById(id);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const clock = new Intl.DateTimeFormat("en-US", {
  weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit",
});
const address = new URLSearchParams(location.search);

let viewer = address.get("as") || "";
let placeId = address.get("place") || "";
let state = null;
let drawn = "";
let shownInFrame = "";
let lastAnswer = Date.now();
let timer = 0;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function row({ key, sign, signClass, text, act, extra = "" }) {
  const mark = element("span", { className: signClass, textContent: sign });
  mark.setAttribute("aria-hidden", "true");
  const button = element("button", { type: "button", className: `row ${extra}` },
    mark, element("span", { className: "name" }, ...text), element("span", { className: "unseen" }));
  button.dataset.key = key;
  button.addEventListener("click", act);
  return button;
}

/** Change a row only where it changed: a row that is replaced while it is pressed does not hear the press. */
function mark(key, { chosen, unread }) {
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  button.classList.toggle("new", unread);
  button.lastElementChild.textContent = unread ? " (new messages)" : "";
  if (chosen) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}

function placeRow(place) {
  if (place.kind === "forum") return element("div", { className: "forum", textContent: `▤ ${place.name}` });
  return row({
    key: `place:${place.id}`, sign: SIGNS[place.kind], signClass: "sign", text: [place.name],
    extra: place.parent ? "thread" : "", act: () => choosePlace(place.id),
  });
}

function personRow(person) {
  const part = element("span", { className: "part", textContent: ` (${person.part})` });
  const made = row({
    key: `person:${person.key}`, sign: person.name.slice(0, 1), signClass: "face", text: [person.name, part],
    act: () => choosePerson(person.key),
  });
  made.firstElementChild.style.backgroundColor = person.color;
  return made;
}

function drawPlaces() {
  const groups = new Map();
  let last = "";
  for (const place of state.places) {
    if (place.kind !== "thread") last = place.group;
    if (!groups.has(last)) groups.set(last, []);
    groups.get(last).push(place);
  }
  const parts = [];
  for (const [name, places] of groups) {
    if (name) parts.push(element("h2", { textContent: name }));
    parts.push(element("ul", {}, ...places.map((place) => element("li", {}, placeRow(place)))));
  }
  const held = document.activeElement?.dataset?.key;
  $("places").replaceChildren(...parts);
  if (held?.startsWith("place:")) document.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
}

function drawList() {
  $("server").textContent = state.server;
  $("hint").textContent = state.hint;
  $("now").textContent = clock.format(new Date(state.now));
  const shape = JSON.stringify(state.places.map(({ id, kind, name, group }) => [id, kind, name, group]));
  if (shape !== drawn) { drawn = shape; drawPlaces(); }
  if (!$("people").childElementCount) {
    $("people").append(...state.people.map((person) => element("li", {}, personRow(person))));
  }
  let elsewhere = false;
  for (const { id, unread } of state.places) {
    const news = unread && id !== placeId;
    elsewhere ||= news;
    mark(`place:${id}`, { chosen: id === placeId, unread: news });
  }
  for (const { key, unread } of state.people) {
    const news = unread && key !== viewer;
    elsewhere ||= news;
    mark(`person:${key}`, { chosen: key === viewer, unread: news });
  }
  $("toggle").classList.toggle("new", elsewhere);
}

function drawFrame() {
  const place = state.places.find((each) => each.id === placeId);
  if (!place || shownInFrame === place.token) return;
  shownInFrame = place.token;
  const query = new URLSearchParams({ as: viewer, zone });
  const frame = $("frame");
  // replace(), so that the browser's Back button leaves the demo instead of walking through places.
  frame.contentWindow.location.replace(`${location.origin}/place/${place.id}?${query}#${place.token}`);
  frame.title = `Conversation in ${place.name}`;
  const name = place.kind === "text" ? `#${place.name}` : place.name;
  document.title = `${name} · ${state.server}`;
  $("toggle-text").textContent = name;
}

function settlePlace() {
  const open = state.places.filter((place) => place.kind !== "forum");
  if (!open.some((place) => place.id === placeId)) {
    placeId = (open.find((place) => place.name === state.first) || open[0])?.id || "";
  }
  viewer = state.viewer;
  history.replaceState(null, "", `?${new URLSearchParams({ as: viewer, place: placeId })}`);
}

function announce(before) {
  if (!before || before.viewer !== state.viewer) return;
  const known = new Map(before.places.map((place) => [place.id, place.unread]));
  const fresh = state.places.filter((place) => place.unread && place.id !== placeId && !known.get(place.id));
  if (fresh.length) $("news").textContent = `New messages in ${fresh.map((place) => place.name).join(", ")}`;
}

async function update() {
  clearTimeout(timer);
  const asked = viewer;
  try {
    const answer = await fetch(`/hub/state?${new URLSearchParams({ as: asked })}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const next = await answer.json();
    if (asked === viewer) install(next);
    $("notice").hidden = true;
  } catch {
    $("notice").textContent = "The demo is not running any more. Start it again with: make demo";
    $("notice").hidden = false;
  }
  timer = setTimeout(update, EVERY_MILLISECONDS);
}

function install(next) {
  if (state && state.run !== next.run) { location.replace("/"); return; }
  const slept = Date.now() - lastAnswer > SLEPT_MILLISECONDS;
  lastAnswer = Date.now();
  const before = state;
  state = next;
  settlePlace();
  if (slept) { shownInFrame = ""; $("frame").src = "about:blank"; }
  announce(before);
  drawList();
  drawFrame();
}

function choosePlace(id) {
  placeId = id;
  openList(false);
  // While the view of somebody just chosen is on its way, what is here is still the one before: the answer draws it.
  if (state.viewer === viewer) install(state);
}

function choosePerson(key) {
  viewer = key;
  openList(false);
  void update();
}

function openList(open) {
  $("side").classList.toggle("open", open);
  $("toggle").setAttribute("aria-expanded", String(open));
}

/** Let time pass in the simulated server, so that what is due then arrives. */
async function pass(step) {
  const answer = await fetch(`/hub/later?${new URLSearchParams({ step })}`, { method: "POST" });
  if (!answer.ok) throw new Error(String(answer.status));
  await update();
}

for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => {
    button.disabled = true;
    pass(button.dataset.step).catch(() => update()).finally(() => { button.disabled = false; });
  });
}
$("toggle").addEventListener("click", () => openList(!$("side").classList.contains("open")));
window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== $("frame").contentWindow) return;
  const place = state?.places.find((each) => each.kind !== "forum" && each.name === event.data?.open);
  if (place) choosePlace(place.id);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && $("side").classList.contains("open")) { openList(false); $("toggle").focus(); }
});
void update();
