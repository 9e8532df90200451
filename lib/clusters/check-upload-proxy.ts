import { X509Certificate } from "node:crypto";
import { readServerAddress } from "@/lib/adapters/kubevirt/server-address";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { UpdateCluster } from "./schema";

type ProxyFields = Pick<UpdateCluster, "uploadProxyUrl" | "uploadProxyCa">;

const certificateBlocks = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The address as a cluster's may be, and certificates and nothing else; members that are absent stay so. */
export function checkUploadProxy({ uploadProxyUrl: url, uploadProxyCa: ca }: ProxyFields): ProxyFields {
  return {
    ...(url ? { uploadProxyUrl: checkAddress(url) } : {}),
    ...(ca ? { uploadProxyCa: checkAuthority(ca) } : {}),
  };
}

function checkAddress(url: string): string {
  try {
    return readServerAddress(url, "");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw fieldRefused("uploadProxyUrl", "invalid_address", { scheme: "https://" });
  }
}

function checkAuthority(text: string): string {
  const blocks = text.match(certificateBlocks) ?? [];
  const isWhole = blocks.length > 0 && text.replace(certificateBlocks, "").trim() === "";
  if (!isWhole || !blocks.every(isCertificate)) throw fieldRefused("uploadProxyCa", "invalid_certificate");
  return `${blocks.join("\n")}\n`;
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
