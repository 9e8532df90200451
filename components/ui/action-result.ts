/** What a server action answers; the codes are words of the message room "errors". */
export type CodedError = { code: string; params?: Record<string, unknown> | undefined };

export type ActionFailure = CodedError & {
  ok: false;
  fields?: Record<string, CodedError> | undefined;
  requestId?: string | undefined;
};

export type ActionResult<Result = unknown> = { ok: true; data: Result } | ActionFailure;
