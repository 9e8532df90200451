import { expect, test } from "vitest";
import { explainMigration } from "./rules";

const node = (name: string, schedulable = true) => ({
  ...{ name, ready: true, schedulable, cpuCores: 8, memoryBytes: 2 ** 34 },
});
const facts = {
  enabledFeatures: ["LiveMigration"],
  capabilities: { nodes: [node("a"), node("b")] },
  storageClasses: [{ accessModes: ["ReadWriteOnce"] }, { accessModes: ["ReadWriteMany"] }],
};

test("machines move where KubeVirt allows it, two nodes take them and a class is shared", () => {
  expect(explainMigration(facts)).toBeNull();
  expect(explainMigration({ ...facts, enabledFeatures: [] })).toBe("no_feature");
  expect(explainMigration({ ...facts, capabilities: { nodes: [node("a"), node("b", false)] } })).toBe(
    "one_node",
  );
  expect(explainMigration({ ...facts, capabilities: null })).toBe("one_node");
  expect(explainMigration({ ...facts, storageClasses: [{}] })).toBe("no_shared_storage");
});
