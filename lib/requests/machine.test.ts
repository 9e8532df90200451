import { expect, test } from "vitest";
import { canMove, isFinal } from "@/lib/core/state-machine";
import { requestMachine } from "./machine";

test("these moves are legal and every other pair is refused", () => {
  const legal = requestMachine.states.flatMap((state) =>
    requestMachine.moveNames
      .filter((move) => canMove(requestMachine, state, move))
      .map((move) => `${state} ${move} ${requestMachine.moves[move].to}`),
  );
  expect(legal).toEqual([
    "PENDING approve APPROVED",
    "PENDING reject REJECTED",
    "PENDING cancel CANCELLED",
    "APPROVED recall CANCELLED",
    "APPROVED execute EXECUTING",
    "APPROVED succeed SUCCESS",
    "APPROVED fail FAILED",
    "EXECUTING succeed SUCCESS",
    "EXECUTING fail FAILED",
    "FAILED retry APPROVED",
  ]);
});

test("what is rejected, cancelled or done stays so; what failed may be done again in a batch", () => {
  const final = requestMachine.states.filter((state) => isFinal(requestMachine, state));
  expect(final).toEqual(["REJECTED", "CANCELLED", "SUCCESS"]);
});
