import { AppError, type FieldError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { checkOverrides } from "./check-overrides";
import { findCapacityContradictions, resolveHardware, type DerivedHardware } from "./resolve-hardware";
import { findContradictions, listWarnings, type SizeProblem } from "./rules";
import type { CreateSize, SizeWarning } from "./schema";

export interface CheckedSize {
  hardware: DerivedHardware;
  problems: SizeProblem[];
  warnings: SizeWarning[];
}

/** A step: everything that is wrong with a size, and what its members and overrides say together. */
export async function checkSize(tx: Tx, size: CreateSize): Promise<CheckedSize> {
  const { hardware, problems } = resolveHardware(size, size.specOverrides);
  const facts = { ...size, ...hardware };
  return {
    hardware,
    problems: [
      ...(await checkOverrides(tx, size.specOverrides)),
      ...problems,
      ...findCapacityContradictions(size, size.specOverrides),
      ...findContradictions(facts),
    ],
    warnings: listWarnings(facts),
  };
}

/** @throws the first problem's code, with every field that this code is about */
export function refuseProblems(problems: SizeProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const same = problems.filter(({ code }) => code === first.code);
  const isAboutFieldsAlone = first.code === "VALIDATION_FAILED";
  throw new AppError(first.code, isAboutFieldsAlone ? {} : first.params, same.flatMap(fieldOf));
}

function fieldOf({ field, reason, params }: SizeProblem): FieldError[] {
  return field === null || reason === null ? [] : [{ field, code: reason, params }];
}
