"use server";

import { defineAction } from "@/app/_http/define-action";
import { activateTemplate } from "@/lib/catalog/templates/activate-template";
import { addTemplateVersion } from "@/lib/catalog/templates/add-template-version";
import { archiveTemplate } from "@/lib/catalog/templates/archive-template";
import { createTemplate } from "@/lib/catalog/templates/create-template";
import { deprecateTemplate } from "@/lib/catalog/templates/deprecate-template";
import { addLogo } from "@/lib/catalog/templates/logos/add-logo";
import { removeTemplate } from "@/lib/catalog/templates/remove-template";
import {
  addLogoInput,
  createTemplateInput,
  deprecateTemplateInput,
  templateIdInput,
  updateTemplateInput,
} from "@/lib/catalog/templates/schema";
import { updateTemplate } from "@/lib/catalog/templates/update-template";
import { previewTemplate } from "@/lib/requests/template-preview/preview-template";
import { previewTemplateInput } from "@/lib/requests/template-preview/schema";

export const createTemplateAction = defineAction(createTemplateInput, createTemplate, {
  redirectTo: ({ id }) => `/admin/templates/${id}/edit`,
});
export const updateTemplateAction = defineAction(updateTemplateInput, updateTemplate);
export const addTemplateVersionAction = defineAction(templateIdInput, addTemplateVersion, {
  redirectTo: ({ id }) => `/admin/templates/${id}/edit`,
});
export const activateTemplateAction = defineAction(templateIdInput, activateTemplate);
export const deprecateTemplateAction = defineAction(deprecateTemplateInput, deprecateTemplate);
export const archiveTemplateAction = defineAction(templateIdInput, archiveTemplate);
export const removeTemplateAction = defineAction(templateIdInput, removeTemplate, {
  redirectTo: () => "/admin/templates",
});
export const addLogoAction = defineAction(addLogoInput, addLogo, { refreshes: false });
export const previewTemplateAction = defineAction(previewTemplateInput, previewTemplate, {
  refreshes: false,
});
