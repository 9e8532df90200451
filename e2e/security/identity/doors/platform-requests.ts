import type { Furniture } from "./furnish-system";
import { fresh, type Requests } from "./request-table";

const openPolicy = {
  allow_cpu_overcommit: true,
  allow_memory_overcommit: true,
  allow_dedicated_cpu: true,
  allow_gpu: true,
  allow_sriov: true,
  allow_hugepages: true,
  allow_cdi_clone: true,
  allowed_hugepages_sizes: [],
  allowed_clone_source_namespaces: [],
  allowed_storage_classes: [],
};
const anImport = (f: Furniture) => ({
  namespace: f.namespaceName,
  name: "found",
  uid: "0d8ba7d4",
  fingerprint: "0".repeat(64),
  instance: "50",
});
/** One transparent pixel. */
const tinyPicture =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const aDraft = () => ({
  name: fresh(),
  display_name: "New",
  source_type: "containerdisk",
  image_url: "quay.io/containerdisks/debian:13",
});

/** What is right to ask of the doors of clusters, environments and the catalogue. */
export const platformRequests: Requests = {
  "PUT /api/v1/admin/clusters/{id}/policy": () => ({ body: openPolicy }),
  "PUT /api/v1/admin/clusters/{id}/metrics-source": () => ({ body: { address: "https://measured.example" } }),
  "PATCH /api/v1/admin/clusters/{id}": () => ({ body: { version: 1, display_name: "Renamed" } }),
  "POST /api/v1/admin/clusters/{id}/machines/preview": (f) => ({
    body: { service_id: f.serviceId, machines: [{ namespace: f.namespaceName, name: "found" }] },
  }),
  "POST /api/v1/admin/clusters/{id}/machines/import": (f) => ({
    body: { service_id: f.serviceId, machines: [anImport(f)] },
  }),
  "POST /api/v1/admin/pending-adoptions/{id}/adopt": (f) => ({ body: { service_id: f.serviceId } }),
  "POST /api/v1/admin/pending-adoptions/{id}/reject": () => ({ body: { reason: "not ours" } }),
  "DELETE /api/v1/admin/clusters/{id}": (f) => ({ query: { confirm_name: f.clusterName } }),
  "PUT /api/v1/admin/clusters/{id}/storage-classes/default": () => ({ body: { storage_class: "fast" } }),
  "POST /api/v1/admin/clusters": () => ({
    body: { name: fresh(), display_name: "New", environment: "test" },
  }),
  "PUT /api/v1/admin/config": () => ({ body: { key: "session.idle_minutes", value: 45 } }),
  "PUT /api/v1/admin/environments/{name}/lifetime": () => ({
    body: { default_days: 30, longest_days: 90, grace_days: 7 },
  }),
  "PUT /api/v1/admin/environments/{name}/recording": () => ({ body: { mode: "both", retention_days: 30 } }),
  "PATCH /api/v1/admin/environments/{name}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/environments/{name}": (f) => ({ query: { confirm_name: f.environmentName } }),
  "POST /api/v1/admin/environments": () => ({ body: { name: fresh(), class: "test", display_name: "New" } }),
  "GET /api/v1/admin/namespaces/owner-candidates": () => ({ query: { q: "a" } }),
  "PATCH /api/v1/admin/namespaces/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/namespaces/{id}": (f) => ({ query: { confirm_name: f.namespaceName } }),
  "POST /api/v1/admin/clusters/{id}/instancetypes": () => ({ body: { names: ["nothing"] } }),
  "POST /api/v1/admin/instance-sizes": () => ({
    body: { name: fresh(), display_name: "New", cpu_cores: 1, memory_gi: 1 },
  }),
  "PATCH /api/v1/admin/instance-sizes/{name}": () => ({ body: { version: 1, description: "changed" } }),
  "DELETE /api/v1/admin/instance-sizes/{name}": (f) => ({ query: { confirm_name: f.sizeName } }),
  "POST /api/v1/admin/instance-sizes/{name}/deprecate": () => ({ body: { message: "old" } }),
  "POST /api/v1/admin/instance-sizes/{name}/restore": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads/{id}/cancel": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads/{id}/retry": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads": (f) => ({
    body: {
      ...{ cluster_id: f.clusterId, display_name: "Image", file_name: "image.iso", size_bytes: 4096 },
      ...{ format: "iso", disk_gb: 1, fingerprint: "0".repeat(64) },
    },
  }),
  "POST /api/v1/admin/namespaces": () => ({ body: { name: fresh(), environment: "test" } }),
  "POST /api/v1/admin/template-logos": () => ({ body: { content: tinyPicture } }),
  "POST /api/v1/admin/templates": () => ({ body: aDraft() }),
  "POST /api/v1/admin/templates/preview": () => ({ body: { template: aDraft() } }),
  "PATCH /api/v1/admin/templates/{id}": () => ({ body: { revision: 1, description: "changed" } }),
  "GET /api/v1/admin/templates/{id}/compare": (f) => ({ query: { to: f.templateId } }),
  "POST /api/v1/admin/templates/{id}/deprecate": () => ({ body: { message: "old" } }),
};
