import { z } from "zod";
import type { CodedError } from "@/components/ui/action-result";

/** Why a recording cannot be shown, as a code with its facts. */
export class RecordingTrouble extends Error {
  readonly coded: CodedError;

  constructor(coded: CodedError) {
    super(coded.code);
    this.name = "RecordingTrouble";
    this.coded = coded;
  }
}

const refusal = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()).default({}) });

/** What an answer that is none says. */
export async function troubleOf(answer: Response): Promise<RecordingTrouble> {
  const body: unknown = await answer.json().catch(() => null);
  const read = refusal.safeParse(body);
  return new RecordingTrouble(read.success ? read.data : { code: "INTERNAL_ERROR" });
}

export function codedTrouble(error: unknown): CodedError {
  return error instanceof RecordingTrouble ? error.coded : { code: "CONNECTION_LOST" };
}
