#!/usr/bin/env bash
# From a clone to a running bot: everything of deploy/README.md up to the upload to Teams. May be run again to upgrade.
set -euo pipefail
cd "$(dirname "$0")/../.."

help() {
  cat <<'HELP'
deploy/azure/deploy.sh --group <name> --location <region> [options]

Makes or upgrades everything in Azure and Entra ID, builds the image in the registry, makes the Teams app package and
checks the result. Needs the Azure CLI signed in as somebody who may assign roles in the resource group (Owner, or
Contributor with Role Based Access Control Administrator) and register applications.

  --group <name>          resource group; made if it is missing
  --location <region>     Azure region, for instance westeurope
  --name <text>           begins every name in Azure (parley)
  --app-name <text>       what people see in Teams (Parley)
  --app-id <guid>         an existing registration in Entra ID
  --cloud <name>          global, gcch or dod (global)
  --graph-mode <name>     delegated or application: deploy/README.md, "Application mode" (delegated)
  --multi-tenant          people of other tenants may sign in; --set allowedTenants=… says which
  --alert-email <address> who is told when something is wrong
  --out <file>            the Teams app package (parley.zip)
  --set <name>=<value>    another parameter of main.bicep, for instance createLimit=30; may be given again
  --dry-run               print what would be done; needs neither az nor a login
  --help                  this text
HELP
}

fail() {
  printf '%s\n' "$*" >&2
  exit 2
}

group='' location='' name=parley app_name=Parley app_id='' cloud=global mode=delegated email='' out=parley.zip dry=no
more=() audience=()
while [ $# -gt 0 ]; do
  case $1 in
    --group | --location | --name | --app-name | --app-id | --cloud | --graph-mode | --alert-email | --out | --set)
      [ $# -ge 2 ] || fail "$1 needs a value. See --help."
      case $1 in
        --group) group=$2 ;;
        --location) location=$2 ;;
        --name) name=$2 ;;
        --app-name) app_name=$2 ;;
        --app-id) app_id=$2 ;;
        --cloud) cloud=$2 ;;
        --graph-mode) mode=$2 ;;
        --alert-email) email=$2 ;;
        --out) out=$2 ;;
        --set) more+=("$2") ;;
      esac
      shift 2
      ;;
    --multi-tenant) audience=(--multi-tenant) && shift ;;
    --dry-run) dry=yes && shift ;;
    --help) help && exit 0 ;;
    *) fail "Unknown option $1. See --help." ;;
  esac
done
[ -n "$group" ] || fail '--group is missing. See --help.'
[ -n "$location" ] || fail '--location is missing. See --help.'
# Azure would refuse these, too, but only after it has made the resource group.
case $cloud in global | gcch | dod) ;; *) fail '--cloud must be global, gcch or dod.' ;; esac
case $mode in delegated | application) ;; *) fail '--graph-mode must be delegated or application.' ;; esac
if [ "$dry" = no ] && ! command -v az >/dev/null; then
  fail 'The Azure CLI (az) is not installed: https://aka.ms/azure-cli. With --dry-run it is not needed.'
fi

step() { printf '\n%s\n' "$*"; }

# A command as one could type it.
print_command() {
  local word line=''
  for word in "$@"; do
    [[ $word =~ ^[A-Za-z0-9_./:=@,-]+$ ]] || word="'${word//\'/\'\\\'\'}'"
    line+="$word "
  done
  printf '%s\n' "${line% }"
}

run() {
  if [ "$dry" = no ]; then "$@"; else print_command "$@"; fi
}

# One output of the deployment that bears the bot's name.
output() {
  if [ "$dry" = yes ]; then
    printf '<%s>' "$1"
  else
    az deployment group show --resource-group "$group" --name "$name" --query "properties.outputs.$1.value" --output tsv
  fi
}

deploy() {
  run az deployment group create --resource-group "$group" --name "$name" --template-file deploy/azure/main.bicep \
    --output none --parameters name="$name" cloud="$cloud" graphMode="$mode" alertEmail="$email" \
    ${more[@]+"${more[@]}"} "$@"
}

# A tag that was never used: Container Apps starts nothing new for a name that it knows.
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
tag=$version-$(git rev-parse --short HEAD 2>/dev/null || date +%Y%m%d%H%M%S)

# What runs already goes on running: the first pass touches neither the app nor the bot.
step '1. Identity, registry, logs and environment'
run az group create --name "$group" --location "$location" --output none
deploy

step '2. Registration in Entra ID'
address=$(output publicUrl)
principal=$(output identityPrincipalId)
registration=(--name "$app_name" --cloud "$cloud" --graph-mode "$mode" --public-url "$address" --identity-principal-id "$principal")
# Without it the registration would go back to one tenant at each upgrade.
registration+=(${audience[@]+"${audience[@]}"})
[ -z "$app_id" ] || registration+=(--app-id "$app_id")
if [ "$dry" = yes ]; then
  run deploy/azure/register-app.sh "${registration[@]}"
  app_id=${app_id:-'<app id>'}
else
  app_id=$(deploy/azure/register-app.sh "${registration[@]}" | sed -n 's/^BOT_APP_ID=//p')
  printf 'BOT_APP_ID=%s\nPUBLIC_URL=%s\n' "$app_id" "$address"
fi

step "3. Image $tag, built in the registry"
run az acr build --registry "$(output registryName)" --image "parley:$tag" --file deploy/azure/Dockerfile .

step '4. The bot'
deploy botAppId="$app_id" image="$(output registryServer)/parley:$tag"

step '5. Teams app package and a look from outside'
run npm run -s package -- --app-id "$app_id" --public-url "$address" --name "$app_name" --out "$out"
run npm run -s smoke -- --url "$address" --app-id "$app_id"
