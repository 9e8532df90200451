import { expect, test } from "vitest";
import { canMove, defineMachine, isFinal, nextState } from "./state-machine";

const door = defineMachine({
  name: "door",
  states: ["OPEN", "SHUT", "WALLED"],
  initial: "SHUT",
  moves: {
    open: { from: ["SHUT"], to: "OPEN" },
    shut: { from: ["OPEN"], to: "SHUT" },
    wall: { from: ["SHUT"], to: "WALLED" },
  },
});

test("a move leads where the table says", () => {
  expect(nextState(door, "SHUT", "open")).toBe("OPEN");
  expect(nextState(door, "SHUT", "wall")).toBe("WALLED");
});

test("a move the table does not know from here is refused with object, state and move", () => {
  expect(() => nextState(door, "OPEN", "wall")).toThrowError(
    expect.objectContaining({
      code: "INVALID_STATE",
      params: { object: "door", state: "OPEN", move: "wall" },
    }),
  );
});

test("a state that is not of this machine has no moves", () => {
  expect(door.moveNames.filter((move) => canMove(door, "AJAR", move))).toEqual([]);
});

test("a state without a way out is final", () => {
  expect(door.states.filter((state) => isFinal(door, state))).toEqual(["WALLED"]);
});
