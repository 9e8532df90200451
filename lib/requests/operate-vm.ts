import type { Context } from "@/lib/core/context";
import type { z } from "zod";
import type { deleteVmInput, powerInput, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

type Power = z.output<typeof powerInput>;

/** Start, stop, restart and delete through the funnel; policy answers whether somebody is asked (spec §5.14, §5.15). */
export const startVm = (ctx: Context, input: Power): Promise<Submitted> =>
  submitRequest(ctx, { ...input, operation: "START_VM" });

export const stopVm = (ctx: Context, input: Power): Promise<Submitted> =>
  submitRequest(ctx, { ...input, operation: "STOP_VM" });

export const restartVm = (ctx: Context, input: Power): Promise<Submitted> =>
  submitRequest(ctx, { ...input, operation: "RESTART_VM" });

export const deleteVm = (ctx: Context, input: z.output<typeof deleteVmInput>): Promise<Submitted> =>
  submitRequest(ctx, { ...input, operation: "DELETE_VM" });
