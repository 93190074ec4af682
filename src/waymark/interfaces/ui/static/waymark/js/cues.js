// What goes along with words: a soft tone, a buzz, and a screen that stays on. Each is done without where it is missing.

const PITCH = { inhale: 262, "top-up": 294, hold: 294, exhale: 196, rest: 196 };
const OF_STEP = 233;
const BUZZ = { inhale: [60], "top-up": [30], hold: [30], exhale: [60, 90, 60], rest: [30] };
const LOUD = 0.09;

let sounds = null;
let lock = null;
let awake = false;

export function tone(part) {
  if (!window.AudioContext) return;
  sounds ??= new AudioContext();
  if (sounds.state === "suspended") sounds.resume();
  const [source, volume, from] = [sounds.createOscillator(), sounds.createGain(), sounds.currentTime];
  source.frequency.value = PITCH[part] ?? OF_STEP;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUD, from + 0.15);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 1.6);
  source.connect(volume).connect(sounds.destination);
  source.start(from);
  source.stop(from + 1.7);
}

export function buzz(part) {
  navigator.vibrate?.(BUZZ[part] ?? [80]);
}

// Let go by the browser whenever the page is out of sight, and so asked for again on return.
export async function stayAwake() {
  awake = true;
  if (document.hidden || (lock && !lock.released)) return;
  const held = await navigator.wakeLock?.request("screen").catch(() => null);
  if (!held) return;
  if (!awake || (lock && !lock.released)) held.release();
  else lock = held;
}

export function letSleep() {
  awake = false;
  lock?.release();
  lock = null;
}
