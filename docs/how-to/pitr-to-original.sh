#!/usr/bin/env bash
# A point in time of one resource, back into the original: restores beside live, lists what differs, and after your yes repairs just that.
#
#   docs/how-to/pitr-to-original.sh ENV WORKLOAD RESOURCE INSTANT     for example: prod catalog orders 2026-11-20T14:29:00Z
#
# Needs the AWS command line and jq. Nothing is written to live before the yes, and the repair can be undone.
set -euo pipefail

if [[ $# -ne 4 ]]; then
  sed -n '2,6p' "$0" >&2
  exit 2
fi
environment=$1 workload=$2 resource=$3 at=$4

ask() { # FUNCTION REQUEST: the answer, or the refusal on standard error
  local answer
  answer=$(mktemp)
  aws lambda invoke --function-name "lifeboat-$environment-$1" --cli-binary-format raw-in-base64-out --payload "$2" "$answer" >/dev/null
  if jq -e 'has("errorMessage")' "$answer" >/dev/null; then
    jq -r .errorMessage "$answer" >&2
    return 1
  fi
  cat "$answer"
}

ended() { # RUN: waits for its end, prints it, and answers it
  local answer
  while answer=$(ask reconcile "{\"action\": \"status\", \"run\": \"$1\"}") && [[ $(jq -r .state <<<"$answer") == RUNNING ]]; do
    jq -r .message <<<"$answer" >&2
    sleep "${LIFEBOAT_POLL_SECONDS:-15}"
  done
  jq -r '.message, .text[]?' <<<"$answer" >&2
  printf '%s' "$answer"
}

recovery=$(ask recover "{\"workload\": \"$workload\", \"resources\": [\"$resource\"], \"mode\": \"INCIDENT\", \"at\": \"$at\"}" | jq -r .recovery)
echo "recovery $recovery restores $resource as of $at beside live" >&2
while [[ $(ask recover "{\"recovery\": \"$recovery\"}" | jq -r .state) == OPEN ]]; do
  sleep "${LIFEBOAT_POLL_SECONDS:-15}"
done

run=$(ask reconcile "{\"action\": \"diff\", \"recovery\": \"$recovery\", \"resource\": \"$resource\"}" | jq -r .run)
compared=$(ended "$run")
state=$(jq -r .state <<<"$compared")
if [[ $state != DIFFERENT && $state != INCOMPLETE ]]; then
  [[ $state == EQUAL ]] && exit 0
  exit 1
fi

plan=$(jq -r .plan <<<"$compared")
read -r -p "Repair just that, by plan $plan? (yes/no) " answer
[[ $answer == yes ]] || { echo "Nothing was written. The plan is valid for a day." >&2; exit 1; }
run=$(ask reconcile "{\"action\": \"apply\", \"plan\": \"$plan\"}" | jq -r .run)
repaired=$(ended "$run")
echo "To take it back: {\"action\": \"undo\", \"plan\": \"$plan\"}" >&2
[[ $(jq -r .state <<<"$repaired") == REPAIRED ]]
