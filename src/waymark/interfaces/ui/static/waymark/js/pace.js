// Where a run stands. It is looked up in the beats that the page holds, as the library laid them out: no rule of
// lengths stands here.

const SLEPT = 1000; // ms by which the two clocks part where a device has slept, and not where one is set right

// Beat and turn count from 0; null once it is over.
export function moment({ beats, cycles }, elapsed) {
  const once = beats.reduce((sum, beat) => sum + beat.ms, 0);
  if (elapsed >= once * cycles) return null;
  const turn = Math.floor(elapsed / once);
  let [number, into] = [0, elapsed - turn * once];
  while (into >= beats[number].ms) {
    into -= beats[number].ms;
    number += 1;
  }
  const { part, ms } = beats[number];
  return { number, turn, part, ms, into, left: ms - into, toEnd: once * cycles - elapsed, done: elapsed / (once * cycles) };
}

// What was done, without pauses. The steady clock counts; it stands while a device sleeps, and then the wall's is right.
export class Stopwatch {
  done = 0;
  readAt = null;

  go() {
    this.readAt = { wall: Date.now(), steady: performance.now() };
  }

  pause() {
    this.read();
    this.readAt = null;
  }

  skip(ms) {
    this.done = this.read() + ms;
  }

  read() {
    if (!this.readAt) return this.done;
    const { wall, steady } = this.readAt;
    this.go();
    const [byWall, bySteady] = [this.readAt.wall - wall, this.readAt.steady - steady];
    this.done += byWall - bySteady > SLEPT ? byWall : bySteady;
    return this.done;
  }
}
