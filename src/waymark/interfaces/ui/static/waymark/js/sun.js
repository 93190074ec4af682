// The sun of a breath: it rises as one breathes in, stays while one holds, and goes down as one breathes out.

const STANDS = 0.4; // where nothing moves
const TOPPED = 0.8; // what the first of two breaths in fills

const ease = (x) => (1 - Math.cos(Math.PI * x)) / 2;

const HEIGHTS = {
  inhale: (x, top) => top * ease(x),
  "top-up": (x, top) => top + (1 - top) * ease(x),
  hold: () => 1,
  exhale: (x) => 1 - ease(x),
  rest: () => 0,
};

export function heightAt({ part, into, ms }, beats) {
  const top = beats.some((beat) => beat.part === "top-up") ? TOPPED : 1;
  return HEIGHTS[part](into / ms, top);
}

export function pose(sun, height = STANDS) {
  const [up, size] = [38 - 96 * height, 0.82 + 0.3 * height];
  sun.setAttribute("transform", `translate(160 ${(190 + up).toFixed(2)}) scale(${size.toFixed(4)}) translate(-160 -190)`);
}
