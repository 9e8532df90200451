import { parseDocument, visit } from "yaml";
import { fieldRefused } from "@/lib/core/errors";

/** KubeVirt refuses inline user data above this. */
const cloudInitBytesMax = 2_048;

/** Cloud-init must be one YAML mapping under the `#cloud-config` head; other forms could smuggle in scripts by URL. */
export function requireCloudConfig(text: string): void {
  if (text === "") return;
  if (Buffer.byteLength(text) > cloudInitBytesMax) {
    throw fieldRefused("cloudInit", "too_long", { maximum: cloudInitBytesMax });
  }
  if (!text.startsWith("#cloud-config")) throw fieldRefused("cloudInit", "cloud_config_head_missing");
  const document = parseDocument(text, { uniqueKeys: true });
  const problem = document.errors[0];
  if (problem !== undefined) throw fieldRefused("cloudInit", "invalid_yaml", { reason: problem.message });
  let aliases = 0;
  visit(document, { Alias: () => void (aliases += 1) });
  if (aliases > 0) throw fieldRefused("cloudInit", "invalid_yaml", { reason: "aliases are not allowed" });
  const value: unknown = document.toJS();
  if (value !== null && (typeof value !== "object" || Array.isArray(value))) {
    throw fieldRefused("cloudInit", "invalid_yaml", { reason: "not a mapping" });
  }
}

/** Where KubeVirt fetches the disk from; only registries and https. */
export function requireImageUrl(sourceType: string, imageUrl: string): void {
  const shape =
    sourceType === "containerdisk"
      ? /^(?:docker:\/\/)?[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:\/[a-z0-9._-]+)+(?::[\w.-]{1,128})?(?:@sha256:[0-9a-f]{64})?$/
      : /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d{1,5})?\/[^\s?#@]*$/;
  if (!shape.test(imageUrl)) throw fieldRefused("imageUrl", "invalid_image_url", { sourceType });
}
