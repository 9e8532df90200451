import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect, unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ActionFailure, ActionResult } from "@/components/ui/action-result";
import type { Context } from "@/lib/core/context";
import type { AppError, FieldError } from "@/lib/core/errors";
import {
  anonymousContext,
  readVisitor,
  requireAccess,
  requireOwnView,
  type Access,
  type InView,
} from "./current-context";
import { parseInput } from "./field-errors";
import { toAppError, toldParams } from "./problem";
import { readTextValues } from "./read-text-values";

interface ActionOptions<Result> {
  access?: Access;
  /** Whether a platform administrator who looks at the portal as somebody else may send it. */
  inView?: InView;
  /** Where the person goes on success. */
  redirectTo?: (result: Result) => string;
  /** False for actions that only ask and change nothing on the page. */
  refreshes?: boolean;
}

/** What a server action accepts: a plain object from code, a form, or what useActionState passes. */
export interface Action<Input, Result> {
  (form: FormData): Promise<ActionResult<Result>>;
  (input: Input): Promise<ActionResult<Result>>;
  (previous: unknown, form: FormData): Promise<ActionResult<Result>>;
}

/**
 * Makes a server action of a use case: parse, call, answer. In a file with "use server":
 *
 *   export const createSystem = defineAction(createSystemInput, createSystemUseCase);
 *   export const signOut = defineAction(z.strictObject({}), endSession, { redirectTo: () => "/login" });
 *
 * Form fields are named as the schema's members (camelCase; `a.b` for a member of a member, repeated names for arrays).
 */
export function defineAction<S extends z.ZodType, Result>(
  schema: S,
  useCase: (ctx: Context, input: z.output<S>) => Promise<Result>,
  options: ActionOptions<Result> = {},
): Action<z.input<S>, Result> {
  return async (first: unknown, second?: unknown): Promise<ActionResult<Result>> => {
    const incoming = await headers();
    const anonymous = anonymousContext(incoming);
    try {
      const visitor = await readVisitor(anonymous, incoming);
      requireAccess(visitor, options.access ?? "signed-in");
      requireOwnView(visitor.ctx, options.inView ?? "refused");
      const result = await useCase(visitor.ctx, parseInput(schema, readInput(schema, second ?? first)));
      if (options.redirectTo) redirect(options.redirectTo(result));
      if (options.refreshes ?? true) refresh();
      return { ok: true, data: result };
    } catch (error) {
      unstable_rethrow(error);
      return toFailure(toAppError(error, anonymous.requestId), anonymous.requestId);
    }
  };
}

function readInput(schema: z.ZodType, given: unknown) {
  return given instanceof FormData ? readTextValues(schema, given) : { value: given, unknown: [] };
}

function toFailure(error: AppError, requestId: string): ActionFailure {
  const fields = Object.fromEntries(error.fields.toReversed().map((field) => [field.field, coded(field)]));
  return { ok: false, code: error.code, params: toldParams(error), fields, requestId };
}

function coded({ code, params }: FieldError) {
  return { code, params: params ?? {} };
}
