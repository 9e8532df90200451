import fs from "node:fs";
import { openClusterConnection } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { violationsOf, type Violation } from "./violation";

/** I7: no secret that the product holds stands in any of its logs, records or messages. */
export async function checkSecrets(logs: string[]): Promise<Violation[]> {
  const secrets = await collectSecrets();
  const rows = [...(await findInRecords(secrets)), ...findInFiles(logs, secrets)];
  return violationsOf("I7", rows);
}

interface Secret {
  what: string;
  text: string;
}

/** The real secrets are the canaries: cluster tokens and keys, master keys, password hashes. */
async function collectSecrets(): Promise<Secret[]> {
  const clusters = await db().clusterCredential.findMany({ select: { clusterId: true } });
  const connections = await Promise.all(clusters.map(({ clusterId }) => openClusterConnection(clusterId)));
  const keys = await db().systemSecret.findMany({ select: { keyName: true, keyValue: true } });
  const hashes = await db().user.findMany({
    where: { passwordHash: { not: null } },
    select: { passwordHash: true },
  });
  return [
    ...connections.map(({ auth }) => ({
      what: "a cluster's credential",
      text: auth.kind === "token" ? auth.token : auth.key,
    })),
    ...keys.map(({ keyName, keyValue }) => ({ what: keyName, text: keyValue })),
    ...hashes.map(({ passwordHash }) => ({ what: "a password hash", text: passwordHash ?? "" })),
  ].filter(({ text }) => text.length >= 16);
}

async function findInRecords(secrets: Secret[]): Promise<{ subject: string; why: string }[]> {
  return db().$queryRaw`
    SELECT place || ' ' || id AS subject, 'holds ' || what AS why
    FROM unnest(${secrets.map(({ what }) => what)}::text[], ${secrets.map(({ text }) => text)}::text[]) AS s(what, secret)
    JOIN (
      SELECT 'audit record' AS place, id, details::text AS said FROM audit_logs
      UNION ALL SELECT 'event', id, payload::text || coalesce(error_message, '') FROM domain_events
      UNION ALL SELECT 'ticket', id, request_params::text || coalesce(last_error::text, '') FROM approval_tickets
      UNION ALL SELECT 'question', id, question::text || coalesce(answer::text, '') || coalesce(failure::text, '') FROM worker_questions
      UNION ALL SELECT 'notification', id, params::text FROM notifications
      UNION ALL SELECT 'job', id::text, data::text || coalesce(output::text, '') FROM pgboss.job
    ) AS records ON position(s.secret IN records.said) > 0`;
}

function findInFiles(files: string[], secrets: Secret[]): { subject: string; why: string }[] {
  return files.flatMap((file) => {
    const text = fs.readFileSync(file, "utf8");
    return secrets
      .filter((one) => text.includes(one.text))
      .map(({ what }) => ({ subject: file, why: `holds ${what}` }));
  });
}
