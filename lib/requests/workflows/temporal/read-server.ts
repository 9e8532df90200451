import fs from "node:fs";
import type { TemporalServer } from "@/lib/adapters/temporal/connection";
import { env } from "@/lib/core/env";

/** Where Temporal is; null where approvals are led without it. */
export function readServer(): TemporalServer | null {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: taskQueue } = env();
  if (address === undefined) return null;
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: certificate, TEMPORAL_TLS_KEY: key } = env();
  const tls =
    ca === undefined && certificate === undefined
      ? null
      : {
          ...(ca === undefined ? {} : { serverRootCACertificate: fs.readFileSync(ca) }),
          ...(certificate === undefined || key === undefined
            ? {}
            : { clientCertPair: { crt: fs.readFileSync(certificate), key: fs.readFileSync(key) } }),
        };
  return { address, namespace, taskQueue, tls };
}
