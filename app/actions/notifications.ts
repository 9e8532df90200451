"use server";

import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { markAllRead } from "@/lib/notifications/mark-all-read";
import { markRead } from "@/lib/notifications/mark-read";
import { markReadInput } from "@/lib/notifications/schema";

export const markReadAction = defineAction(markReadInput, markRead);
export const markAllReadAction = defineAction(z.strictObject({}), markAllRead);
