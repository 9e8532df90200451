"use server";

import { defineAction } from "@/app/_http/define-action";
import { exportRecording } from "@/lib/console/recordings/export-recording";
import { openRecording } from "@/lib/console/recordings/open-recording";
import {
  environmentRecordingShape,
  exportRecordingInput,
  recordingInput,
} from "@/lib/console/recordings/schema";
import { setEnvironmentRecording } from "@/lib/console/recordings/set-environment-recording";

export const openRecordingAction = defineAction(recordingInput, openRecording, { refreshes: false });
export const exportRecordingAction = defineAction(exportRecordingInput, exportRecording, {
  refreshes: false,
});
export const setEnvironmentRecordingAction = defineAction(environmentRecordingShape, setEnvironmentRecording);
