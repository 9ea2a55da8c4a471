{{- define "realmwright.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "realmwright.labels" -}}
app.kubernetes.io/name: realmwright
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* Never to change: selectors are immutable. */}}
{{- define "realmwright.selector" -}}
app.kubernetes.io/name: realmwright
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "realmwright.image" -}}
{{ .root.Values.image.registry }}/{{ .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{- define "realmwright.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "realmwright.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: ["ALL"]}
{{- end -}}

{{- define "realmwright.databaseHost" -}}
{{- if .Values.postgresql.bundled -}}{{ include "realmwright.name" . }}-postgresql{{- else -}}{{ required "database.host is required unless postgresql.bundled" .Values.database.host }}{{- end -}}
{{- end -}}

{{- define "realmwright.databaseSecret" -}}
{{ required "database.existingSecret is required: a Secret with policyOwnerPassword, policyPassword and agentPassword" .Values.database.existingSecret }}
{{- end -}}

{{- define "realmwright.grantKeySecret" -}}
{{ required "grantKey.existingSecret is required: a Secret with grant-key.jwk and grant-keys.jwks" .Values.grantKey.existingSecret }}
{{- end -}}

{{/* Fails unless whom the services let in was chosen. */}}
{{- define "realmwright.requireAuth" -}}
{{- if and (not .Values.auth.issuerUri) (not .Values.auth.anonymous) -}}
{{- fail "choose whom deployer-policy serves: auth.issuerUri with auth.audience, or auth.anonymous=true" -}}
{{- end -}}
{{- if and .Values.auth.issuerUri .Values.auth.anonymous -}}
{{- fail "auth.issuerUri and auth.anonymous exclude each other" -}}
{{- end -}}
{{- if and .Values.auth.issuerUri (not .Values.auth.audience) -}}
{{- fail "auth.audience is required with auth.issuerUri: tokens for other services would be good here" -}}
{{- end -}}
{{- end -}}

{{/* The machines of the agent with an ordinal. */}}
{{- define "realmwright.machines" -}}
{{- $own := get .root.Values.hostAgent.machinesByOrdinal (toString .ordinal) -}}
{{- toYaml ($own | default .root.Values.hostAgent.machines) -}}
{{- end -}}

{{- define "realmwright.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: management}
  periodSeconds: 5
{{- end -}}
