import { AppError } from "./errors";

interface Move<State extends string> {
  from: readonly State[];
  to: State;
}

interface Definition<State extends string, Name extends string> {
  name: string;
  states: readonly State[];
  initial: State;
  moves: Record<Name, Move<State>>;
}

export interface Machine<State extends string, Name extends string> extends Definition<State, Name> {
  moveNames: readonly Name[];
}

export type StateOf<M> = M extends Machine<infer State, string> ? State : never;
export type MoveOf<M> = M extends Machine<string, infer Name> ? Name : never;

/** States and moves as data: the same table guards memory, SQL and the buttons on screen. */
export function defineMachine<const State extends string, const Name extends string>(
  definition: Definition<State, Name>,
): Machine<State, Name> {
  // Object.keys loses the key type; the record's keys are exactly Name.
  return { ...definition, moveNames: Object.keys(definition.moves) as Name[] };
}

export function canMove<State extends string, Name extends string>(
  machine: Machine<State, Name>,
  state: string,
  move: Name,
): boolean {
  return machine.moves[move].from.some((from) => from === state);
}

/** Where the move leads; INVALID_STATE {object, state, move} when it does not exist from here. */
export function nextState<State extends string, Name extends string>(
  machine: Machine<State, Name>,
  state: string,
  move: Name,
): State {
  if (!canMove(machine, state, move)) {
    throw new AppError("INVALID_STATE", { object: machine.name, state, move });
  }
  return machine.moves[move].to;
}

export function isFinal<State extends string, Name extends string>(
  machine: Machine<State, Name>,
  state: string,
): boolean {
  return machine.moveNames.every((move) => !canMove(machine, state, move));
}
