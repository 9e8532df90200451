import { parseDocument } from "yaml";
import { fieldRefused } from "@/lib/core/errors";

/** Cloud-init must be one YAML mapping under the `#cloud-config` head; other forms could smuggle in scripts by URL. */
export function requireCloudConfig(text: string): void {
  if (text === "") return;
  if (!text.startsWith("#cloud-config")) throw fieldRefused("cloudInit", "cloud_config_head_missing");
  const document = parseDocument(text, { uniqueKeys: true });
  const problem = document.errors[0];
  if (problem !== undefined) throw fieldRefused("cloudInit", "invalid_yaml", { reason: problem.message });
  const value: unknown = document.toJS({ maxAliasCount: 0 });
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
