"use server";

import { defineAction } from "@/app/_http/define-action";
import { cancelUpload } from "@/lib/catalog/uploads/cancel-upload";
import { createUpload } from "@/lib/catalog/uploads/create-upload";
import { removeUpload } from "@/lib/catalog/uploads/remove-upload";
import { retryUpload } from "@/lib/catalog/uploads/retry-upload";
import { createUploadInput, namedUploadInput } from "@/lib/catalog/uploads/schema";

export const createUploadAction = defineAction(createUploadInput, createUpload);
export const cancelUploadAction = defineAction(namedUploadInput, cancelUpload);
export const retryUploadAction = defineAction(namedUploadInput, retryUpload);
export const removeUploadAction = defineAction(namedUploadInput, removeUpload);
