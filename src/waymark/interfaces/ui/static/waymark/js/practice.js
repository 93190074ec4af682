// One practice, from its first word to its end. It looks up where one is in the beats that the page holds, and says it
// in the page's own words. All of it is here once the page is: nothing more is asked for, and nothing is sent.

import { buzz, letSleep, stayAwake, tone } from "./cues.js";
import { leaveOut, leftOut, used } from "./device.js";
import { start as startDrift } from "./drift.js";
import { Stopwatch, moment } from "./pace.js";
import { heightAt, pose } from "./sun.js";
import { change, likes, whenChanged } from "./ways.js";

const SOON = 45000; // ms: from here on it is less than a minute, to say it kindly
const CONTROLS = "button, a, input, select, textarea, summary, label";

let page = null;
let clear = () => {}; // empties the water
let run = null; // the beats that were chosen, with their words
let watch = new Stopwatch();
let state = ""; // "running", "paused", or nothing
let told = ""; // the beat that was told last
let timer = 0;
let frame = 0;

const find = (name) => page.querySelector(`[data-${name}]`);
const all = (name) => page.querySelectorAll(`[data-${name}]`);
const still = () => likes("still");
const moves = () => !still() && Boolean(run?.beats[0].part) && Boolean(find("sun"));

function flag(name, on) {
  for (const one of page.querySelectorAll(`[data-shown-if="${name}"]`)) one.hidden = !on;
}

function either(one, other, which) {
  flag(one, which);
  flag(other, !which);
}

// Each line is a paragraph of its own, so that a voice pauses between them.
function say(...lines) {
  const said = lines.filter(Boolean).map((words) => Object.assign(document.createElement("p"), { textContent: words }));
  find("live").replaceChildren(...said);
}

function show(view) {
  for (const one of all("view")) one.hidden = one.dataset.view !== view;
  window.scrollTo({ top: 0, behavior: "instant" });
  page.querySelector(`[data-view="${view}"] h1`).focus({ preventScroll: true });
}

const inView = (view) => !page.querySelector(`[data-view="${view}"]`).hidden;

// What was chosen

const choice = () => page.querySelector("[name=run]:checked").value;

function chosen() {
  const section = page.querySelector(`[data-run="${choice()}"]`);
  const words = [...section.querySelectorAll("[data-beat]")].map((beat) => ({
    name: beat.querySelector("[data-name]").textContent,
    words: beat.querySelector("[data-words]")?.textContent ?? "",
  }));
  return { ...JSON.parse(section.dataset.beats), words };
}

function showChoice() {
  for (const one of all("run")) one.hidden = one.dataset.run !== choice();
}

// Where one is

function tell(at, quietly) {
  const beat = `${at.turn} ${at.number}`;
  if (beat === told) return;
  told = beat;
  const { name, words } = run.words[at.number];
  find("cue").textContent = name;
  find("cue-words").textContent = words;
  find("cue-words").hidden = !words;
  say(name, words);
  if (quietly) return;
  if (likes("sound")) tone(at.part);
  if (likes("buzz")) buzz(at.part);
}

function paint(at) {
  const sun = find("sun");
  if (sun) pose(sun, moves() ? heightAt(at, run.beats) : undefined);
  find("passed")?.setAttribute("stroke-dasharray", `${(100 * at.done).toFixed(2)} 100`);
  find("count").hidden = !still() || !at.part;
  find("count").textContent = Math.floor(at.into / 1000) + 1;
  const minutes = at.toEnd < SOON ? 0 : Math.max(1, Math.round(at.toEnd / 60000));
  for (const one of all("left")) one.hidden = Number(one.dataset.left) !== minutes;
}

function rest() {
  clearTimeout(timer);
  cancelAnimationFrame(frame);
}

// Once a frame where something moves, else once a second; never while nobody sees it.
function plan(at) {
  if (state !== "running" || document.hidden) return;
  if (moves()) frame = requestAnimationFrame(() => draw());
  else timer = setTimeout(draw, Math.ceil(Math.min(1000 - (at.into % 1000), at.left)));
}

function draw({ quietly = false } = {}) {
  rest();
  const at = moment(run, watch.read());
  if (!at) return end("whole");
  tell(at, quietly);
  paint(at);
  plan(at);
}

// What somebody does

function begin() {
  [run, watch, state, told] = [chosen(), new Stopwatch(), "running", ""];
  used(page.dataset.practice);
  either("running", "paused", true);
  show("going");
  stayAwake();
  watch.go();
  draw();
}

function pause() {
  state = "paused";
  watch.pause();
  rest();
  letSleep();
  either("running", "paused", false);
}

function goOn() {
  state = "running";
  watch.go();
  stayAwake();
  either("running", "paused", true);
  draw({ quietly: true });
}

function pauseOrGoOn() {
  if (state === "running") pause();
  else goOn();
}

function halt() {
  if (state) pause();
  state = "";
  say();
  clear();
}

function end(how) {
  halt();
  either("whole", "stopped", how === "whole");
  show("ended");
}

function skip() {
  watch.skip(moment(run, watch.read()).left);
  draw();
}

function feltBad() {
  halt();
  either("left-out", "kept-in", leftOut().includes(page.dataset.practice));
  show("bad");
}

function leave() {
  leaveOut(page.dataset.practice);
  either("left-out", "kept-in", true);
}

// What comes from outside

function onKey(event) {
  if (!inView("going") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return end("stopped");
  if (event.key !== " " || event.target.closest(CONTROLS)) return;
  event.preventDefault();
  pauseOrGoOn();
}

// Cues wait for nobody to see them: whoever comes back is told where it is now, once, and without a tone.
function onSight() {
  if (document.hidden) return rest();
  if (state !== "running") return;
  stayAwake();
  draw({ quietly: true });
}

function onWay(way) {
  either("eyes-open", "eyes-free", likes("eyes"));
  either("still", "moves", still());
  if (way === "sound" && likes("sound")) tone("exhale");
  if (state) draw({ quietly: true });
}

function press(name, act) {
  for (const one of all(name)) one.addEventListener("click", act);
}

export function start(root) {
  const found = root.querySelector("[data-practice]");
  if (!found || page) return;
  page = found;
  clear = startDrift(page, { isStill: still, say, flag });
  press("begin", begin);
  press("pause", pauseOrGoOn);
  press("stop", () => end("stopped"));
  press("skip", skip);
  press("bad", feltBad);
  press("leave-out", leave);
  press("toggle-still", () => change("still"));
  find("choices").addEventListener("change", showChoice);
  find("choices").addEventListener("submit", (event) => [event.preventDefault(), begin()]);
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", onSight);
  window.addEventListener("pagehide", letSleep);
  whenChanged(onWay);
  onWay("");
  showChoice();
}
