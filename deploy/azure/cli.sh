# What the scripts of this folder share: how they fail, how they print a command, and what they ask of the Azure CLI.
# shellcheck shell=bash

fail() {
  printf '%s\n' "$*" >&2
  exit 2
}

# A command as one could type it.
print_command() {
  local word line=''
  for word in "$@"; do
    [[ $word =~ ^[A-Za-z0-9_./:=@,-]+$ ]] || word="'${word//\'/\'\\\'\'}'"
    line+="$word "
  done
  printf '%s\n' "${line% }"
}

# The Azure CLI must be there, and must talk to the Azure that belongs to the Microsoft cloud named.
require_az() {
  local wanted=AzureCloud current
  [ "$1" = global ] || wanted=AzureUSGovernment
  command -v az >/dev/null ||
    fail 'The Azure CLI (az) is not installed: https://aka.ms/azure-cli. With --dry-run it is not needed.'
  current=$(az cloud show --query name --output tsv)
  [ "$current" = "$wanted" ] ||
    fail "az is set to $current, but --cloud $1 is in $wanted. Say the right --cloud, or run: az cloud set --name $wanted && az login"
}
