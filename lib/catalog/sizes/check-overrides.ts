import type { Tx } from "@/lib/core/transaction";
import { readFieldSchema } from "../fields/read-field-schema";
import { bundledMinors } from "../fields/minors/rules";
import { findField, valueProblems } from "../fields/rules";
import type { ValueProblem } from "../fields/schema";
import { forbiddenOverrides } from "../forbidden-fields";
import { overrideRefused } from "./resolve-hardware";
import type { SizeProblem } from "./rules";
import type { SpecOverrides } from "./schema";

/** Lists stand at their path whole, so a path is names alone. */
const pathPattern = /^spec(\.[A-Za-z][A-Za-z0-9]*)+$/;

/** A step: whether overrides may be laid over a machine, and whether any KubeVirt knows them. */
export async function checkOverrides(tx: Tx, overrides: SpecOverrides): Promise<SizeProblem[]> {
  const forbidden = forbiddenOverrides(overrides);
  if (forbidden.length > 0) return forbidden.map(forbiddenProblem);
  const shape = findShapeProblems(Object.keys(overrides));
  if (shape.length > 0) return shape;
  const unknown = await Promise.all(
    Object.entries(overrides).map(([path, value]) => findValueProblems(tx, path, value)),
  );
  return unknown.flat().map(schemaProblem);
}

function forbiddenProblem({ path, reason }: { path: string; reason: string }): SizeProblem {
  return { code: "FORBIDDEN_FIELD", field: `specOverrides.${path}`, reason, params: { path, reason } };
}

/** Two values for one place would leave it to their order what is rendered. */
function findShapeProblems(paths: string[]): SizeProblem[] {
  return paths.flatMap((path) => {
    if (!pathPattern.test(path)) return [overrideRefused(path, "specOverrides", "invalid_path")];
    const above = paths.find((other) => path.startsWith(`${other}.`));
    return above === undefined ? [] : [overrideRefused(path, "specOverrides", "overlaps", { above })];
  });
}

function schemaProblem({ path, code, params }: ValueProblem): SizeProblem {
  return {
    code: "SCHEMA_VALIDATION_FAILED",
    field: `specOverrides.${path}`,
    // A client's own unknown members have that code already.
    reason: code === "unknown_field" ? "field_unknown" : code,
    params: { ...params, path },
  };
}

/** Fit for one of the known versions is enough here: which clusters have it, matching tells. */
async function findValueProblems(tx: Tx, path: string, value: unknown): Promise<ValueProblem[]> {
  let telling: ValueProblem[] | null = null;
  for (const minor of bundledMinors.toReversed()) {
    const { root } = await readFieldSchema(tx, minor);
    const problems = valueProblems(root, { [path]: value });
    if (problems.length === 0) return [];
    // The newest version that has the field says best what its value should be.
    if (telling === null && findField(root, path) !== null) telling = problems;
  }
  return telling ?? [{ path, code: "unknown_field", params: {} }];
}
