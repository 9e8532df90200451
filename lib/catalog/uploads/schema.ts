import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { uploadMachine } from "./machine";

export const imageFormats = ["iso", "qcow2", "raw"] as const;

/** 4 TiB: more than any setting allows. */
const sizeBytesMax = 4096 * 1024 ** 3;
export const diskGbMax = 65_536;

const visibleText = z.string().regex(/^[^\u0000-\u001f\u007f]*$/);

export const createUploadInput = z.strictObject({
  clusterId: z.string().min(1).max(64),
  displayName: visibleText.trim().min(1).max(100),
  fileName: visibleText.min(1).max(255),
  sizeBytes: z.number().int().min(512).max(sizeBytesMax),
  format: z.enum(imageFormats),
  diskGb: z.number().int().min(1).max(diskGbMax),
  /** Null: the cluster's own default. */
  storageClass: z.string().min(1).max(253).nullable().default(null),
  /** What the browser recognises the file by when it comes back with it. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});

export const namedUploadInput = z.strictObject({ uploadId: z.string().min(1).max(64) });

const statuses = uploadMachine.states;
export const uploadFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  status: z.enum(statuses).optional(),
  clusterId: z.string().max(64).optional(),
});

export const uploadRow = z.object({
  id: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  environment: z.string(),
  namespace: z.string(),
  /** Of the DataVolume and its claim. */
  name: z.string(),
  displayName: z.string(),
  fileName: z.string(),
  format: z.enum(imageFormats),
  fingerprint: z.string(),
  sizeBytes: z.number(),
  receivedBytes: z.number(),
  sentBytes: z.number(),
  sha256: z.string().nullable(),
  diskGb: z.number(),
  storageClass: z.string().nullable(),
  status: z.enum(statuses),
  /** The cluster's own figure, such as 37.50%. */
  progress: z.string().nullable(),
  /** Why it failed: a code, and after a colon the words of whoever refused. */
  message: z.string().nullable(),
  /** Whether the platform is removing it. */
  removing: z.boolean(),
  createdBy: z.string(),
  createdByName: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  finishedAt: z.date().nullable(),
  templates: z.array(z.object({ id: z.string(), name: z.string(), version: z.number() })),
});
export const uploadPage = pageOf(uploadRow);

/** Why an upload failed; the words stand in uploads.json under failure. */
export const uploadFailures = [
  "cluster_refused",
  "cdi_missing",
  "not_ours",
  "volume_failed",
  "volume_gone",
  "timed_out",
  "proxy_missing",
  "proxy_address",
  "proxy_certificate",
  "proxy_refused",
  "proxy_unreachable",
  "staged_lost",
  "abandoned",
  "not_qcow2",
  "qcow2_version",
  "qcow2_backing_file",
  "qcow2_external_data",
  "qcow2_encrypted",
  "qcow2_size",
  "disk_too_small",
  "not_iso",
  "raw_sectors",
  "raw_archive",
  "raw_script",
  "raw_other_format",
] as const;
export type UploadFailure = (typeof uploadFailures)[number];

export type CreateUpload = z.output<typeof createUploadInput>;
export type NamedUpload = z.output<typeof namedUploadInput>;
export type UploadFilter = z.output<typeof uploadFilter>;
export type UploadRow = z.output<typeof uploadRow>;
export type ImageFormat = (typeof imageFormats)[number];
