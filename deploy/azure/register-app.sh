#!/usr/bin/env bash
# Registers Parley in Entra ID, or brings an existing registration to what Parley needs. May be run again at any time.
set -euo pipefail
# shellcheck source=deploy/azure/cli.sh
. "$(dirname "$0")/cli.sh"

readonly GRAPH_APP=00000003-0000-0000-c000-000000000000
readonly ONLINE_MEETINGS_READWRITE=a65f2972-a4f8-4f5e-afd7-69ccb046d5dc
readonly CALENDARS_READWRITE=1ec239c2-d7c9-4623-a91a-a9775856bb36
readonly ONLINE_MEETINGS_READWRITE_ALL=b8bb2037-6e08-44ac-a4ea-4674e010e2a4
# Ids of scopes count within one application only, so the same one does everywhere and for every run.
readonly ACCESS_AS_USER=5c1b0d7e-3f0a-4d58-9a3c-2b6f7e1d9c40
# Teams' own clients: desktop and mobile, web.
readonly TEAMS_CLIENTS=(1fec8e78-bce4-4aaf-ab1b-5451cc387264 5e3ce6c0-2b1f-4285-8d4b-75ee78787346)
readonly UNKNOWN='<app id>'

help() {
  cat <<'HELP'
deploy/azure/register-app.sh --public-url <url> [options]
deploy/azure/register-app.sh --app-id <guid> [--identity-principal-id <guid>] [--grant-admin-consent]

Registers the bot in Entra ID with the Azure CLI, without any secret. Run again, it sets everything to what the options
say. Without --public-url it leaves the registration as it is, and sees to the credential or the consent alone.
It needs somebody who may register applications (role Application Developer, or the tenant allows it to everybody).

  --public-url <url>              the bot's address; sign-in comes back to <url>/auth/end
  --identity-principal-id <guid>  managed identity that the bot runs as; it becomes the bot's only credential
  --name <text>                   name of the registration (Parley)
  --app-id <guid>                 an existing registration; without it the one with that name, if it is Parley's
  --tenant <guid>                 home tenant (the one that az is signed in to)
  --cloud <name>                  global, gcch or dod (global)
  --graph-mode <name>             delegated: as the person who asks; application: as itself, which an administrator
                                  has to grant (delegated)
  --calendar                      people's calendars are used, too (CALENDAR=on): asks for Calendars.ReadWrite besides; in
                                  application mode says what Exchange must be told
  --multi-tenant                  people of other tenants may sign in; ALLOWED_TENANTS says which
  --grant-admin-consent           agree for everybody now; needs a Privileged Role or Cloud Application Administrator,
                                  and the global cloud
  --dry-run                       print what would be done; needs neither az nor a login
  --help                          this text
HELP
}

name=Parley public_url='' principal='' app_id='' tenant='' cloud=global
audience=AzureADMyOrg mode=delegated calendar=no consent=no dry=no
while [ $# -gt 0 ]; do
  case $1 in
    --public-url | --identity-principal-id | --name | --app-id | --tenant | --cloud | --graph-mode)
      [ $# -ge 2 ] || fail "$1 needs a value. See --help."
      case $1 in
        --public-url) public_url=${2%/} ;;
        --identity-principal-id) principal=$2 ;;
        --name) name=$2 ;;
        --app-id) app_id=$2 ;;
        --tenant) tenant=$2 ;;
        --cloud) cloud=$2 ;;
        --graph-mode) mode=$2 ;;
      esac
      shift 2
      ;;
    --multi-tenant) audience=AzureADMultipleOrgs && shift ;;
    --calendar) calendar=yes && shift ;;
    --grant-admin-consent) consent=yes && shift ;;
    --dry-run) dry=yes && shift ;;
    --help) help && exit 0 ;;
    *) fail "Unknown option $1. See --help." ;;
  esac
done

guid='^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
registers=yes
if [ -z "$public_url" ] && [ "$principal$consent" != no ]; then
  registers=no
  [ -n "$app_id" ] || fail 'Without --public-url, --app-id must say which application it is.'
fi
# What deploy.sh does not know yet in a dry run stands there as <name>.
is_placeholder() { [[ $dry = yes && $1 =~ ^\<.+\>$ ]]; }
[ "$registers" = no ] || is_placeholder "$public_url" || [[ $public_url =~ ^https://[^/]+$ ]] ||
  fail '--public-url must be an https address without a path.'
for id in "$principal" "$app_id" "$tenant"; do
  [[ -z $id || $id =~ $guid ]] || is_placeholder "$id" || fail "$id is not a GUID."
done
[[ $name != *[\'\"\\]* ]] || fail '--name must not contain quotes or backslashes.'
case $cloud in
  global) graph=https://graph.microsoft.com login=https://login.microsoftonline.com exchange=api://AzureADTokenExchange ;;
  gcch) graph=https://graph.microsoft.us login=https://login.microsoftonline.us exchange=api://AzureADTokenExchangeUSGov ;;
  dod) graph=https://dod-graph.microsoft.us login=https://login.microsoftonline.us exchange=api://AzureADTokenExchangeUSGov ;;
  *) fail '--cloud must be global, gcch or dod.' ;;
esac
case $mode in
  delegated)
    permission="{\"id\":\"$ONLINE_MEETINGS_READWRITE\",\"type\":\"Scope\"}"
    [ "$calendar" = no ] || permission+=",{\"id\":\"$CALENDARS_READWRITE\",\"type\":\"Scope\"}"
    ;;
  application) permission="{\"id\":\"$ONLINE_MEETINGS_READWRITE_ALL\",\"type\":\"Role\"}" ;;
  *) fail '--graph-mode must be delegated or application.' ;;
esac
if [ "$consent" = yes ] && [ "$cloud" != global ]; then
  fail 'The Azure CLI cannot grant consent in national clouds. Leave --grant-admin-consent out, and grant it in the Entra admin center: Enterprise applications, the application, Permissions.'
fi
[ "$dry" = yes ] || require_az "$cloud"

# Changes go through here: said in a dry run, done otherwise.
change() {
  if [ "$dry" = no ]; then az "$@" --output none; else print_command az "$@"; fi
}

# az knows by itself for which of Graph's addresses it needs a token, but not for all of them.
patch() {
  change rest --method PATCH --url "$graph/v1.0/applications(appId='$app_id')" --resource "$graph" \
    --headers Content-Type=application/json --body "$1"
}

# One line of JSON for a PATCH; nothing in it needs escaping.
scope_and_permission() {
  cat <<JSON | tr -d '\n'
{"signInAudience":"$audience","isFallbackPublicClient":false,
"api":{"requestedAccessTokenVersion":2,"oauth2PermissionScopes":[{"id":"$ACCESS_AS_USER","value":"access_as_user",
"type":"User","isEnabled":true,"adminConsentDisplayName":"Use $name as the signed-in person",
"adminConsentDescription":"Lets Teams sign people in to $name.","userConsentDisplayName":"Use $name as you",
"userConsentDescription":"Lets Teams sign you in to $name."}]},
"requiredResourceAccess":[{"resourceAppId":"$GRAPH_APP",
"resourceAccess":[$permission]}],
"web":{"redirectUris":["$public_url/auth/end"],
"implicitGrantSettings":{"enableAccessTokenIssuance":false,"enableIdTokenIssuance":false}}}
JSON
}

# Entra wants the scope to be there before somebody is let in to it, and version 2 before an address of our own.
address_and_clients() {
  cat <<JSON | tr -d '\n'
{"identifierUris":["api://botid-$app_id"],"api":{"preAuthorizedApplications":[
{"appId":"${TEAMS_CLIENTS[0]}","delegatedPermissionIds":["$ACCESS_AS_USER"]},
{"appId":"${TEAMS_CLIENTS[1]}","delegatedPermissionIds":["$ACCESS_AS_USER"]}]}}
JSON
}

federated_credential() {
  cat <<JSON | tr -d '\n'
{"name":"parley-identity","issuer":"$login/$tenant/v2.0","subject":"$principal","audiences":["$exchange"],
"description":"The managed identity that Parley runs as"}
JSON
}

# Parley's own scope is the mark of an application that this script has made, or, where it was interrupted, the address
# of this bot: nobody else's is changed for its name.
require_ours() {
  local marks
  marks=$(az ad app show --id "$1" --output tsv --query \
    "sum([length(api.oauth2PermissionScopes[?id=='$ACCESS_AS_USER']), length(web.redirectUris[?@=='$public_url/auth/end'])])")
  [ "$marks" != 0 ] || fail "The application $name ($1) was not made by this script, so nothing was changed.
Take another name, or, if it is to become the bot's, say --app-id $1"
}

find_or_create() {
  [ -z "$app_id" ] || return 0
  if [ "$dry" = yes ]; then
    printf 'Unless there is an application named %s:\n' "$name"
    change ad app create --display-name "$name" --sign-in-audience "$audience" --web-redirect-uris "$public_url/auth/end"
    app_id=$UNKNOWN
    return 0
  fi
  local found
  found=$(az ad app list --filter "displayName eq '$name'" --query '[].appId' --output tsv)
  case $(printf '%s' "$found" | grep -c .) in
    0)
      app_id=$(az ad app create --display-name "$name" --sign-in-audience "$audience" \
        --web-redirect-uris "$public_url/auth/end" --query appId --output tsv)
      ;;
    1) require_ours "$found" && app_id=$found ;;
    *) fail "More than one application is named $name. Say which with --app-id: $(printf '%s' "$found" | tr '\n' ' ')" ;;
  esac
}

ensure_principal() {
  if [ "$dry" = no ] && az ad sp show --id "$app_id" --output none 2>/dev/null; then return 0; fi
  [ "$dry" = no ] || printf 'Unless it is there:\n'
  change ad sp create --id "$app_id"
}

trust_identity() {
  [ -n "$principal" ] || return 0
  local subject=''
  if [ "$dry" = no ]; then
    subject=$(az ad app federated-credential list --id "$app_id" \
      --query "[?name=='parley-identity'].subject | [0]" --output tsv)
  fi
  if [ "$subject" = "$principal" ]; then return 0; fi
  if [ -n "$subject" ]; then
    change ad app federated-credential update --id "$app_id" --federated-credential-id parley-identity \
      --parameters "$(federated_credential)"
  else
    [ "$dry" = no ] || printf 'Unless it is trusted already:\n'
    change ad app federated-credential create --id "$app_id" --parameters "$(federated_credential)"
  fi
}

if [ -z "$tenant" ]; then
  if [ "$dry" = yes ]; then tenant='<tenant id>'; else tenant=$(az account show --query tenantId --output tsv); fi
fi
if [ "$registers" = yes ]; then
  find_or_create
  patch "$(scope_and_permission)"
  patch "$(address_and_clients)"
  ensure_principal
fi
trust_identity
[ "$consent" = no ] || change ad app permission admin-consent --id "$app_id"

if [ "$mode" = application ]; then
  cat >&2 <<POLICY
Teams must be told for whom the bot may act. In Teams PowerShell, as a Teams administrator:
  New-CsApplicationAccessPolicy -Identity Parley -AppIds $app_id
  Grant-CsApplicationAccessPolicy -PolicyName Parley -Group <group id>
It takes up to 30 minutes until Teams knows.
POLICY
fi

# A permission of Entra's would reach every mailbox of the tenant; a role of Exchange's reaches those in its scope only.
if [ "$mode" = application ] && [ "$calendar" = yes ]; then
  cat >&2 <<ROLE
Exchange must be told whose calendars the bot may reach. In Exchange Online PowerShell, as an Exchange administrator:
  New-ServicePrincipal -AppId $app_id -ObjectId <object id of the enterprise application> -DisplayName Parley
  New-ManagementScope -Name Parley -RecipientRestrictionFilter "MemberOfGroup -eq '<distinguished name of a group>'"
  New-ManagementRoleAssignment -App $app_id -Role 'Application Calendars.ReadWrite' -CustomResourceScope Parley
It takes up to two hours until Graph knows.
ROLE
fi

printf 'BOT_APP_ID=%s\nBOT_TENANT_ID=%s\n' "$app_id" "$tenant"
[ "$registers" = no ] || printf 'PUBLIC_URL=%s\n' "$public_url"
