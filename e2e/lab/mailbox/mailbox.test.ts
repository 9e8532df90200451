import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { sendMail, type MailConnection } from "@/lib/adapters/mail/send-mail";
import { postMessage } from "@/lib/adapters/chat-webhook/post-message";
import { startMailboxLab, type MailboxLab } from "./server";

const stateFolder = mkdtempSync(path.join(os.tmpdir(), "shepherd-mailbox-"));
const running: MailboxLab[] = [];
afterAll(async () => {
  await Promise.all(running.map((lab) => lab.stop()));
  rmSync(stateFolder, { recursive: true, force: true });
});

async function aMailbox(options: Parameters<typeof startMailboxLab>[0] = {}): Promise<MailboxLab> {
  const lab = await startMailboxLab(options);
  running.push(lab);
  return lab;
}

const connectionTo = ({ smtp, caCertificate }: MailboxLab, changes: Partial<MailConnection> = {}) => ({
  ...({ ...smtp, security: "starttls", caCertificate } as const),
  ...changes,
});
const mail = {
  ...{ messageId: "<1@lab>", subject: "Ünïcode ✓", text: "text", html: "<p>html</p>", headers: {} },
  from: { name: "Shepherd", address: "shepherd@lab.example" },
  to: { name: "Rosa", address: "rosa@lab.example" },
};

test("what came is told to other processes, and shown on a page that runs no script of it", async () => {
  const lab = await aMailbox();
  await sendMail(connectionTo(lab), { ...mail, html: "<script>alert(1)</script>" });
  await postMessage(
    { address: `${lab.hooks.url}/x`, caCertificate: lab.caCertificate, signingKeys: [] },
    { deliveryId: "1", body: { text: "</pre><script>" }, sentAt: new Date() },
  );
  const told = await (await fetch(`${lab.control.url}/control/mails`)).text();
  expect(JSON.parse(told)).toMatchObject({ mails: [{ subject: "Ünïcode ✓", isEncrypted: true }] });
  const page = await (await fetch(lab.control.url)).text();
  expect(page).toContain("Ünïcode ✓");
  expect(page).not.toContain("<script>");
  await fetch(`${lab.control.url}/control/received`, { method: "DELETE" });
  expect([lab.mails, lab.posts]).toEqual([[], []]);
});

test("faults are set from outside and hold for so many calls", async () => {
  const lab = await aMailbox();
  const body = JSON.stringify({ mailCode: 451, mailTimes: 1 });
  await fetch(`${lab.control.url}/control/faults`, { method: "PUT", body });
  await expect(sendMail(connectionTo(lab), mail)).rejects.toMatchObject({
    kind: "unavailable",
    responseCode: 451,
  });
  await sendMail(connectionTo(lab), mail);
  expect(lab.mails).toHaveLength(1);
});

test.each([
  [{ password: "wrong" }, "credentials"],
  [{ username: null }, "refused"],
  [{ security: "tls" }, "certificate"],
  [{ security: "none", username: null }, "refused"],
  [{ caCertificate: null }, "certificate"],
  [{ host: "169.254.169.254" }, "address"],
  [{ port: 1 }, "unreachable"],
] as const)("%j gets nothing delivered: %s", async (changes, reason) => {
  const lab = await aMailbox();
  await expect(sendMail(connectionTo(lab, changes), mail)).rejects.toMatchObject({ reason });
  expect(lab.mails).toEqual([]);
});

test("started again it is found at the same places with the same password", async () => {
  const first = await aMailbox({ stateFolder });
  await first.stop();
  running.splice(running.indexOf(first), 1);
  const second = await aMailbox({ stateFolder });
  expect([second.smtp, second.hooks, second.control, second.caCertificate]).toEqual([
    ...[first.smtp, first.hooks, first.control, first.caCertificate],
  ]);
});
