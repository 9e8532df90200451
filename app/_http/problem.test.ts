import { describe, expect, test } from "vitest";
import { z } from "zod";
import english from "@/components/messages/en/errors.json";
import chinese from "@/components/messages/zh-CN/errors.json";
import { AppError } from "@/lib/core/errors";
import { errorStatus } from "@/lib/vocabulary/error-codes";
import { problemResponse, toAppError } from "./problem";

describe("an error on its way out", () => {
  test("every code has a sentence in both languages", () => {
    const codes = Object.keys(errorStatus);
    expect(codes.filter((code) => !(code in english) || !(code in chinese))).toEqual([]);
  });

  test("names fields as the client knows them and tells when to come back", async () => {
    const input = z.strictObject({ targetCpuCores: z.number(), labels: z.record(z.string(), z.number()) });
    const error = new AppError(
      "RATE_LIMIT_EXCEEDED",
      { retryAfter: 12, limitType: "user", limit: "attempts" },
      [
        { field: "targetCpuCores", code: "too_large", params: { maximum: 8 } },
        { field: "labels.ownKey", code: "invalid_type" },
      ],
    );
    const response = problemResponse(error, "request-1", input);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("12");
    expect(await response.json()).toEqual({
      code: "RATE_LIMIT_EXCEEDED",
      message: "Too many attempts. Try again in 12 seconds.",
      params: { retry_after: 12, limit_type: "user", limit: "attempts" },
      field_errors: [
        { field: "target_cpu_cores", code: "too_large", params: { maximum: 8 }, message: "At most 8." },
        { field: "labels.ownKey", code: "invalid_type", params: {}, message: english.invalid_type },
      ],
      request_id: "request-1",
    });
  });

  test("says nothing about a fault of ours", () => {
    const error = toAppError(new Error("secret detail"), "request-1");
    expect(error.code).toBe("INTERNAL_ERROR");
    expect(JSON.stringify(error.params)).not.toContain("secret");
  });

  test("a lost database is no fault of the request", () => {
    const lost = new Error("connect ECONNREFUSED 127.0.0.1:5432");
    expect(toAppError(lost, "request-1")).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      params: { retryAfter: 2 },
    });
  });
});
