"use server";

import { defineAction } from "@/app/_http/define-action";
import { chooseStorageClass } from "@/lib/clusters/choose-storage-class";
import { testConnectionInput } from "@/lib/clusters/connections/schema";
import { testConnection } from "@/lib/clusters/connections/test-connection";
import { createNamespace } from "@/lib/clusters/create-namespace";
import { detectCluster } from "@/lib/clusters/detect-cluster";
import { findOwners } from "@/lib/clusters/namespaces/find-owners";
import { recheckNamespace } from "@/lib/clusters/namespaces/recheck-namespace";
import { ownerFilter, recheckNamespaceInput } from "@/lib/clusters/namespaces/schema";
import { previewKubeconfig } from "@/lib/clusters/preview-kubeconfig";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { removeCluster } from "@/lib/clusters/remove-cluster";
import { removeNamespace } from "@/lib/clusters/remove-namespace";
import { rotateCredentials } from "@/lib/clusters/rotate-credentials";
import {
  chooseStorageClassInput,
  createNamespaceInput,
  detectClusterInput,
  previewKubeconfigInput,
  registerClusterInput,
  removeClusterInput,
  removeNamespaceInput,
  rotateCredentialsInput,
  setClusterPolicyInput,
  updateClusterInput,
  updateNamespaceInput,
} from "@/lib/clusters/schema";
import { setClusterPolicy } from "@/lib/clusters/set-cluster-policy";
import { updateCluster } from "@/lib/clusters/update-cluster";
import { updateNamespace } from "@/lib/clusters/update-namespace";

export const registerClusterAction = defineAction(registerClusterInput, registerCluster, {
  redirectTo: (cluster) => `/admin/clusters/${cluster.id}`,
});
export const previewKubeconfigAction = defineAction(previewKubeconfigInput, previewKubeconfig, {
  refreshes: false,
});
export const testConnectionAction = defineAction(testConnectionInput, testConnection, { refreshes: false });
export const updateClusterAction = defineAction(updateClusterInput, updateCluster);
export const rotateCredentialsAction = defineAction(rotateCredentialsInput, rotateCredentials);
export const detectClusterAction = defineAction(detectClusterInput, detectCluster);
export const chooseStorageClassAction = defineAction(chooseStorageClassInput, chooseStorageClass);
export const setClusterPolicyAction = defineAction(setClusterPolicyInput, setClusterPolicy);
export const removeClusterAction = defineAction(removeClusterInput, removeCluster, {
  redirectTo: () => "/admin/clusters",
});

export const createNamespaceAction = defineAction(createNamespaceInput, createNamespace);
export const updateNamespaceAction = defineAction(updateNamespaceInput, updateNamespace);
export const removeNamespaceAction = defineAction(removeNamespaceInput, removeNamespace, {
  redirectTo: () => "/admin/namespaces",
});
export const recheckNamespaceAction = defineAction(recheckNamespaceInput, recheckNamespace);
export const findOwnersAction = defineAction(ownerFilter, findOwners, { refreshes: false });
