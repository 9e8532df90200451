import { X509Certificate } from "node:crypto";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { lockCluster } from "@/lib/clusters/store";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import type { Envelope } from "@/lib/core/secrets";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { sealMetricsToken } from "./open-metrics-source";
import { destinationOf } from "./rules";
import type { SetMetricsSource } from "./schema";

/**
 * Names the Prometheus that measures a cluster's machines.
 * @throws VALIDATION_FAILED for an address that may not be called, or one of another server without its token
 */
export async function setMetricsSource(ctx: Context, input: SetMetricsSource): Promise<void> {
  await authorize(db(), ctx, "cluster:write");
  checkAddress(input.address);
  const caCertificate = input.caCertificate || null;
  checkCertificates(caCertificate);
  const { clusterId, address } = input;
  const sealed = input.token ? await sealMetricsToken(clusterId, address, input.token) : null;
  await inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    await requireStepUp(tx, ctx, "change_cluster_credentials");
    const cluster = await lockCluster(tx, clusterId);
    const before = await tx.clusterMetricsSource.findUnique({ where: { clusterId }, select: shownColumns });
    const hasToken = await writeSource(tx, { ctx, input, caCertificate, sealed, before });
    await recordAudit(tx, ctx, {
      action: "cluster.update",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: {
        before: { metricsSource: before },
        after: { metricsSource: { address, caCertificate, hasToken, tokenRenewed: sealed !== null } },
      },
    });
  });
}

const shownColumns = { address: true, caCertificate: true, hasToken: true } as const;

interface Writing {
  ctx: Context;
  input: SetMetricsSource;
  caCertificate: string | null;
  sealed: Envelope | null;
  before: { address: string; hasToken: boolean } | null;
}

/** A token that was not given again stays where it belongs; SQL, because the web process may not read it back. */
async function writeSource(tx: Tx, { ctx, input, caCertificate, sealed, before }: Writing): Promise<boolean> {
  const keeps = sealed === null && !input.withoutToken && before?.hasToken === true;
  if (keeps && before !== null && destinationOf(before.address) !== destinationOf(input.address))
    throw fieldRefused("token", "required");
  const hasToken = keeps || sealed !== null;
  const token = sealed === null ? null : JSON.stringify(sealed);
  const { clusterId, address } = input;
  if (before === null)
    await tx.$executeRaw`
      INSERT INTO cluster_metrics_sources (cluster_id, address, ca_certificate, has_token, token_envelope, updated_by)
      VALUES (${clusterId}, ${address}, ${caCertificate}, ${hasToken}, ${token}::jsonb, ${actorId(ctx.actor)})`;
  else if (keeps)
    await tx.$executeRaw`
      UPDATE cluster_metrics_sources SET address = ${address}, ca_certificate = ${caCertificate},
        updated_by = ${actorId(ctx.actor)}, updated_at = now() WHERE cluster_id = ${clusterId}`;
  else
    await tx.$executeRaw`
      UPDATE cluster_metrics_sources SET address = ${address}, ca_certificate = ${caCertificate},
        has_token = ${hasToken}, token_envelope = ${token}::jsonb, updated_by = ${actorId(ctx.actor)},
        updated_at = now() WHERE cluster_id = ${clusterId}`;
  return hasToken;
}

function checkAddress(address: string): void {
  const refusal = refusalOfOutsideAddress(address);
  if (refusal !== null)
    throw fieldRefused("address", "invalid_address", { scheme: "https://", reason: refusal });
}

const certificateBlocks = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function checkCertificates(pem: string | null): void {
  if (pem === null) return;
  const blocks = pem.match(certificateBlocks) ?? [];
  const isWhole = blocks.length > 0 && pem.replace(certificateBlocks, "").trim() === "";
  if (!isWhole || !blocks.every(isCertificate)) throw fieldRefused("caCertificate", "invalid_certificate");
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
