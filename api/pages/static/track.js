// What is known of one milestone or program on a day: looked up in what the server judged, never judged here.

import { dayOf } from "./words.js";

/** The stretches of one row, by the day each begins on. */
export class Track {
  constructor(stretches) {
    this.stretches = stretches;
    this.days = stretches.map((one) => dayOf(one.from));
  }

  /** The number of the stretch that `day` lies in; -1 before the first. */
  at(day) {
    let [low, high] = [0, this.days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.days[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** A milestone along the knowledge date, as the public knew it or in hindsight. */
export class Milestone {
  constructor(row) {
    this.row = row;
    this.known = told(row);
    this.hindsight = row.in_hindsight ? told(row.in_hindsight) : this.known;
  }

  track(hindsight) {
    return hindsight ? this.hindsight : this.known;
  }

  /** Everything that a row shows in stretch `number`: the state, and each statement made by then. */
  now(number, hindsight) {
    const { states, verdicts } = this.track(hindsight);
    const state = states.stretches[number];
    const day = states.days[number];
    const statements = this.row.statements.slice(0, state.said).map((said, place) => {
      const track = verdicts[place];
      return { ...said, ...track.stretches[track.at(day)], since: track.days[track.at(day)] };
    });
    return { ...state, day, statements, last: statements.at(-1) };
  }

  /** The last state in hindsight: what came of it in the end. */
  end() {
    return this.hindsight.states.stretches.at(-1);
  }
}

function told(part) {
  return { states: new Track(part.states), verdicts: part.verdicts.map((some) => new Track(some)) };
}
