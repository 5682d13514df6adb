#!/usr/bin/env bash
# A point in time of one resource, back into the original: restores beside live, shows what its checks prove, lists what differs, repairs just that
# after your yes, and retires the copy after another.
#
#   docs/how-to/pitr-to-original.sh ENV WORKLOAD RESOURCE INSTANT     for example: prod catalog orders 2026-11-20T14:29:00Z
#
# Needs the AWS command line and jq. Nothing is written to live before the yes, and the repair can be undone.
set -euo pipefail

if [[ $# -ne 4 ]]; then
  sed -n '2,7p' "$0" >&2
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

status=$(ask recover "{\"recovery\": \"$recovery\"}")
copy=$(jq -r --arg r "$resource" '.copies[] | select(.resource == $r) | .copy' <<<"$status")
store=$(jq -r --arg r "$resource" '.copies[] | select(.resource == $r) | .store' <<<"$status")
integrity=$(jq -r --arg r "$resource" '.copies[] | select(.resource == $r) | .integrity' <<<"$status")
echo "the copy $copy is $integrity" >&2
accept=
case $integrity in
  SOUND*) ;;
  DAMAGED* | "NOT PROVEN"*)
    standing=unproven
    [[ $integrity == DAMAGED* ]] && standing=damaged
    read -r -p "Live is not repaired from such a copy unless you accept it by name. Type $standing to go on: " answer
    [[ $answer == "$standing" ]] || { echo "Nothing was written. The copy $copy stays." >&2; exit 1; }
    accept=", \"acceptCopy\": \"$standing\""
    ;;
  *)
    echo "Nothing was written: recovery $recovery does not say what the copy is worth." >&2
    exit 1
    ;;
esac

run=$(ask reconcile "{\"action\": \"diff\", \"recovery\": \"$recovery\", \"resource\": \"$resource\"$accept}" | jq -r .run)
compared=$(ended "$run")
state=$(jq -r .state <<<"$compared")
if [[ $state != DIFFERENT && $state != INCOMPLETE ]]; then
  [[ $state == EQUAL ]] && exit 0
  exit 1
fi

plan=$(jq -r .plan <<<"$compared")
read -r -p "Repair just that, by plan $plan? (yes/no) " answer
[[ $answer == yes ]] || { echo "Nothing was written. The plan is valid for a day." >&2; exit 1; }
run=$(ask reconcile "{\"action\": \"apply\", \"plan\": \"$plan\"$accept}" | jq -r .run)
repaired=$(ended "$run")
echo "To undo it, while the copy stands: {\"action\": \"undo\", \"plan\": \"$plan\"}" >&2
[[ $(jq -r .state <<<"$repaired") == REPAIRED ]] || { echo "The copy $copy stays." >&2; exit 1; }

# Only what this very recovery made, by its name and by the tag that it carries now.
ours() {
  local tagged
  [[ $copy == "lifeboat-restored-$recovery-$resource" ]] || return 1
  case $store in
    rds)
      tagged=$(aws rds describe-db-instances --db-instance-identifier "$copy" \
        --query "DBInstances[0].TagList[?Key=='lifeboat:recovery'].Value | [0]" --output text)
      ;;
    dynamodb)
      tagged=$(aws dynamodb list-tags-of-resource --query "Tags[?Key=='lifeboat:recovery'].Value | [0]" --output text \
        --resource-arn "$(aws dynamodb describe-table --table-name "$copy" --query Table.TableArn --output text)")
      ;;
    *) return 1 ;;
  esac
  [[ $tagged == "$recovery" ]]
}

read -r -p "Delete the copy $copy? The repair can then no longer be undone. Type its name to delete it, anything else to keep it: " answer
if [[ $answer != "$copy" ]]; then
  echo "The copy $copy stays, and costs, until somebody deletes it." >&2
elif ! ours; then
  echo "The copy $copy stays: it is not proven to be what recovery $recovery made." >&2
  exit 1
elif [[ $store == rds ]]; then
  aws rds delete-db-instance --db-instance-identifier "$copy" --skip-final-snapshot --delete-automated-backups >/dev/null
  echo "The copy $copy is being deleted." >&2
else
  aws dynamodb delete-table --table-name "$copy" >/dev/null
  echo "The copy $copy is being deleted." >&2
fi
