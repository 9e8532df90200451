import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordsOf } from "@/e2e/factories/account";
import { aMailServer } from "@/e2e/factories/notice";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { startMailboxLab, type MailboxLab } from "@/e2e/lab/mailbox/server";
import { db } from "@/lib/core/db";
import { readMailServer } from "./queries";
import { updateMailServerInput } from "./schema";
import { updateMailServer } from "./update-mail-server";

let lab: MailboxLab;
beforeAll(async () => {
  lab = await startMailboxLab();
});
beforeEach(() => db().mailServer.deleteMany());
afterAll(() => lab.stop());

const input = (changes: object = {}) =>
  updateMailServerInput.parse({
    ...{ enabled: true, host: "mail.example", port: 587, security: "starttls", username: "shepherd" },
    ...{ password: "correct horse", fromAddress: "shepherd@example.org", fromName: "Shepherd", version: 0 },
    ...changes,
  });
const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const change = async (changes: object) => outcome(updateMailServer(await anAdministrator(), input(changes)));

describe("the mail server", () => {
  test("keeps its password from whoever reads it back, and from the record", async () => {
    const ctx = await anAdministrator();
    await updateMailServer(ctx, input());
    expect(await readMailServer(ctx)).toMatchObject({ passwordSet: true, host: "mail.example", version: 1 });
    const kept = await Promise.all([readMailServer(ctx), recordsOf(ctx), db().mailSecret.findMany()]);
    expect(JSON.stringify(kept)).not.toContain("correct horse");
    expect(await recordsOf(ctx)).toMatchObject([{ action: "config.update", details: { rekeyed: true } }]);
  });

  test("is led elsewhere only by whoever knows the password, or the new place would be told it", async () => {
    await change({});
    expect(await change({ password: "", fromName: "Portal", version: 1 })).toBe("done");
    for (const elsewhere of [{ host: "evil.example" }, { port: 2525 }, { username: "eve" }]) {
      expect(await change({ ...elsewhere, password: "", version: 2 })).toBe(
        "VALIDATION_FAILED password:required",
      );
    }
  });

  test("is spoken to without TLS on this machine alone", async () => {
    expect(await change({ security: "none" })).toBe("VALIDATION_FAILED security:tls_needed");
    expect(await change({ security: "none", host: "127.0.0.1" })).toBe("done");
  });

  test.each(["169.254.169.254", "0.0.0.0", "fd00:ec2::254"])("does not stand at %s", async (host) => {
    expect(await change({ host })).toBe("VALIDATION_FAILED host:address_refused");
  });

  test.each(["mail.example:25", "mail.example/x", "smtp://mail.example", "mail example", "a\r\nb", ""])(
    "%j is no host",
    (host) => {
      expect(updateMailServerInput.safeParse({ ...input(), host }).success).toBe(false);
    },
  );

  test("changes for platform administrators, one after the other", async () => {
    expect(await outcome(updateMailServer(await aPerson("role-approval-admin"), input()))).toBe(
      "PERMISSION_DENIED",
    );
    await aMailServer(lab);
    expect(await change({ version: 0 })).toBe("CONFLICT");
  });
});
