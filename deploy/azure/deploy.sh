#!/usr/bin/env bash
# From a clone to a running bot: everything of deploy/README.md up to the upload to Teams. May be run again to upgrade.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/azure/cli.sh

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
  --graph-mode <name>     delegated or application: deploy/application-mode.md (delegated)
  --calendar              people's calendars are used, too: deploy/calendars.md
  --multi-tenant          people of other tenants may sign in; --set allowedTenants=… says which
  --grant-admin-consent   agree for everybody now; needs a Privileged Role or Cloud Application Administrator, and the
                          global cloud
  --alert-email <address> who is told when something is wrong
  --out <file>            the Teams app package (parley.zip)
  --set <name>=<value>    another parameter of main.bicep, for instance createLimit=30; may be given again
  --dry-run               print what would be done; needs neither az nor a login
  --help                  this text

The package also takes what npm run package --help names for the environment or .env: DEVELOPER_NAME, WEBSITE_URL,
PRIVACY_URL and TERMS_URL, for instance. Unless they are set in each run, it is written with the defaults again.
HELP
}

group='' location='' name=parley app_name=Parley app_id='' cloud=global mode=delegated email='' out=parley.zip dry=no
more=() audience=() consent=() calendar=()
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
    --calendar) calendar=(--calendar) && more+=(calendar=true) && shift ;;
    --grant-admin-consent) consent=(--grant-admin-consent) && shift ;;
    --dry-run) dry=yes && shift ;;
    --help) help && exit 0 ;;
    *) fail "Unknown option $1. See --help." ;;
  esac
done
[ -n "$group" ] || fail '--group is missing. See --help.'
[ -n "$location" ] || fail '--location is missing. See --help.'
# Azure would refuse these, too, but only after it has made the resource group or more.
[[ $name =~ ^[a-z]([a-z0-9]|-[a-z0-9])+$ && ${#name} -ge 3 && ${#name} -le 18 ]] ||
  fail '--name must be 3 to 18 lower case letters, digits and single hyphens, and begin with a letter.'
for pair in ${more[@]+"${more[@]}"}; do
  if [[ $pair != *=* ]] || ! grep -q "^param ${pair%%=*} " deploy/azure/main.bicep; then
    fail "--set $pair: it must be <name>=<value>, with the name of a parameter of main.bicep."
  fi
done
case $cloud in global | gcch | dod) ;; *) fail '--cloud must be global, gcch or dod.' ;; esac
case $mode in delegated | application) ;; *) fail '--graph-mode must be delegated or application.' ;; esac
[ "${#consent[@]}" = 0 ] || [ "$cloud" = global ] ||
  fail '--grant-admin-consent works in the global cloud only: see deploy/README.md, "National clouds".'
[ "$dry" = yes ] || require_az "$cloud"

step() { printf '\n%s\n' "$*"; }

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

# Domains that were bound by hand, as JSON: a deployment that did not name them would take them off.
bound_domains() {
  local app domains
  app=$(az resource list --resource-group "$group" --resource-type Microsoft.App/containerApps --name "$name" \
    --query '[].id' --output tsv) || return
  [ -n "$app" ] || { printf '[]' && return; }
  domains=$(az resource show --ids "$app" --output json --query \
    'properties.configuration.ingress.customDomains[].{name:name,bindingType:bindingType,certificateId:certificateId}') || return
  case $domains in '' | null) printf '[]' ;; *) printf '%s' "$domains" ;; esac
}

package() {
  run npm run -s package -- --app-id "$1" --public-url "$2" --name "$app_name" --graph-mode "$mode" ${calendar[@]+"${calendar[@]}"} --out "$3"
}

# The namespaces of the templates' resources, and the one that Container Apps needs in a virtual network.
needed_providers() {
  { grep -oh "'Microsoft\.[A-Za-z]*/" deploy/azure/*.bicep | tr -d "'/" && echo Microsoft.ContainerService; } | sort -u
}

# A deployment registers what its template names, if it may, but not what that needs in turn, and stops halfway.
register_providers() {
  local registered='' missing namespace
  if [ "$dry" = yes ]; then
    printf 'Unless they are registered:\n'
  else
    registered=$(az provider list --query "[?registrationState=='Registered'].namespace" --output tsv)
  fi
  missing=$(needed_providers | grep -vixF "$registered" || true)
  for namespace in $missing; do
    run az provider register --namespace "$namespace" --wait --output none || fail "\
The subscription lacks resource providers, and this account may not register them. Nothing was made.
Ask somebody with the role Contributor or Owner on the subscription to run:
$(printf '%s\n' "$missing" | sed 's/.*/  az provider register --namespace & --wait/')"
  done
}

# A tag that was never used: Container Apps starts nothing new for a name that it knows. What is not in a commit has none.
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
commit=$(git rev-parse --short HEAD 2>/dev/null || true)
tag=$version${commit:+-$commit}
if [ -z "$commit" ] || [ -n "$(git status --porcelain)" ]; then tag+=-$(date +%Y%m%d%H%M%S); fi

# A name that Teams refuses, or an npm ci that was forgotten, is told before anything is made.
if [ "$dry" = no ]; then
  trial=$(mktemp)
  trap 'rm -f "$trial"' EXIT
  package 00000000-0000-0000-0000-000000000000 https://parley.example.com "$trial" >/dev/null
fi

# What runs already goes on running: the first pass touches neither the app nor the bot.
step '1. Resource providers, identity, registry, logs and environment'
register_providers
run az group create --name "$group" --location "$location" --output none
deploy

step '2. Registration in Entra ID'
address=$(output publicUrl)
principal=$(output identityPrincipalId)
registration=(--name "$app_name" --cloud "$cloud" --graph-mode "$mode" --public-url "$address" --identity-principal-id "$principal")
# Without the first the registration would go back to one tenant at each upgrade.
registration+=(${audience[@]+"${audience[@]}"} ${calendar[@]+"${calendar[@]}"} ${consent[@]+"${consent[@]}"})
[ -z "$app_id" ] || registration+=(--app-id "$app_id")
if [ "$dry" = yes ]; then
  run deploy/azure/register-app.sh "${registration[@]}"
  deploy/azure/register-app.sh "${registration[@]}" --dry-run 2>&1 | sed 's/^/    /'
  app_id=${app_id:-'<app id>'}
else
  app_id=$(deploy/azure/register-app.sh "${registration[@]}" | sed -n 's/^BOT_APP_ID=//p')
  printf 'BOT_APP_ID=%s\nPUBLIC_URL=%s\n' "$app_id" "$address"
fi

step "3. Image $tag, built in the registry"
registry=$(output registryName)
# What was built before an interruption is not built again: the tag stands for one program.
if [ "$dry" = no ] && az acr repository show --name "$registry" --image "parley:$tag" --output none 2>/dev/null; then
  echo 'It is there already.'
else
  run az acr build --registry "$registry" --image "parley:$tag" --file deploy/azure/Dockerfile .
fi

step '4. The bot'
domains='<domains bound so far>'
[ "$dry" = yes ] || domains=$(bound_domains)
deploy botAppId="$app_id" customDomains="$domains" image="$(output registryServer)/parley:$tag"

step '5. Teams app package, and a look at all of it'
package "$app_id" "$address" "$out"
run npm run -s doctor -- --url "$address" --app-id "$app_id" --group "$group" --name "$name" --package "$out" --wait 180
[ "$dry" = yes ] || step "Done. Now upload $out in the Teams admin center: Teams apps, Manage apps, Upload new app.
BOT_APP_ID=$app_id
PUBLIC_URL=$address"
