import { defineMachine } from "@/lib/core/state-machine";

/** Spec §4 Template. */
export const templateMachine = defineMachine({
  name: "template",
  states: ["draft", "active", "deprecated", "archived"],
  initial: "draft",
  moves: {
    activate: { from: ["draft"], to: "active" },
    deprecate: { from: ["active"], to: "deprecated" },
    archive: { from: ["deprecated"], to: "archived" },
  },
});
