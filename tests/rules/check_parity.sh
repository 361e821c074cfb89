#!/bin/sh
# script/check_parity accepts a complete table, and names what is missing, too much, untested or without a reason.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_parity
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/docs" "$tree/tests/golden"
printf 'layers Dense\nlayers Lambda\nlosses Hinge\n' > "$tree/tests/golden/keras_names.txt"
echo 'Dense' > "$tree/tests/dense.cpp"

# accept <text of the table> / refuse <what is said> <text of the table>
table() { printf '%b' "$1" > "$tree/docs/keras_parity.md"; "$check" "$tree"; }
accept() { table "$1" > "$tree/out" || { echo "refused: $1"; cat "$tree/out"; exit 1; }; }
refuse() {
  if table "$2" > "$tree/out"; then echo "accepted: $2"; exit 1; fi
  grep -qF -- "$1" "$tree/out" || { echo "another reason than \"$1\": $(cat "$tree/out")"; exit 1; }
}
layers='| keras.layers | Tenon | |\n|---|---|---|\n' losses='\n| keras.losses | Tenon | |\n|---|---|---|\n'
dense='| `Dense` | yes | [test](../tests/dense.cpp) |\n' lambda='| `Lambda` | no | not yet |\n' hinge='| `Hinge` | no | not yet |\n'

accept "$layers$dense$lambda$losses$hinge"
refuse 'there is no row, or not at its place, for layers Lambda' "$layers$dense$losses$hinge"
refuse 'for losses Hinge' "$layers$dense$lambda$hinge"
refuse 'this row is not in keras_names.txt, or not at its place: losses Hing' "$layers$dense$lambda$losses$hinge| \`Hing\` | no | not yet |\n"
refuse 'Dense: "yes" needs a link' "$layers| \`Dense\` | yes | |\n$lambda$losses$hinge"
refuse 'Dense: "yes" needs a link' "$layers| \`Dense\` | yes | [test](../tests/gone.cpp) |\n$lambda$losses$hinge"
refuse 'tests/dense.cpp does not say Thick' "$layers| \`Dense\` | yes, \`Thick\` | [test](../tests/dense.cpp) |\n$lambda$losses$hinge"
refuse 'Hinge: "no" needs a reason' "$layers$dense$lambda$losses| \`Hinge\` | no | |\n"
refuse 'Hinge: neither yes nor no' "$layers$dense$lambda$losses| \`Hinge\` | perhaps | soon |\n"
