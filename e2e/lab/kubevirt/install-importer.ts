import type { Cluster } from "./cluster";
import { createAs, writeStatusAs } from "./commit";
import { installObject } from "./install-object";
import { importConfigKind } from "./kinds";

/** The operator's objects of CDI, which imports, clones and takes uploads. */
export function installImporter(cluster: Cluster): void {
  installObject(
    cluster,
    { apiVersion: "cdi.kubevirt.io/v1beta1", kind: "CDI", metadata: { name: "cdi" }, spec: {} },
    { phase: "Deployed", observedVersion: "v1.63.0", operatorVersion: "v1.63.0" },
  );
  installConfig(cluster);
}

function installConfig(cluster: Cluster) {
  const draft = {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "CDIConfig",
    metadata: { name: "config" },
    spec: { featureGates: ["HonorWaitForFirstConsumer"] },
  };
  const created = createAs(cluster, "cdi-operator", draft);
  const overhead = { global: "0.06", storageClass: {} };
  return writeStatusAs(cluster, "cdi-operator", created, {
    scratchSpaceStorageClass: "",
    filesystemOverhead: overhead,
  });
}

/** Where images are sent to; an ingress announces a bare host, an administrator's override a whole URL. */
export function announceUploadProxy(cluster: Cluster, proxy: { address: string; caPem: string }): void {
  const config = cluster.store.get(importConfigKind, undefined, "config") ?? installConfig(cluster);
  const uploadProxyURL = cluster.inventory.namesUploadProxyByHost
    ? proxy.address
    : `https://${proxy.address}`;
  writeStatusAs(cluster, "cdi-operator", config, {
    ...config.status,
    uploadProxyURL,
    uploadProxyCA: proxy.caPem,
  });
}
