#!/bin/sh
# What is compiled for different instruction sets is never of one type: the namespace of the kernels has another name for each.
project=$(cd "$(dirname "$0")/../.." && pwd)
compiler=${CXX:-g++}
case $("$compiler" -dumpmachine 2> /dev/null) in x86_64*) ;; *) echo "skipped: needs a compiler for x86-64"; exit 0 ;; esac
names=$(for flags in -msse2 -msse3 -mssse3 -msse4.1 -msse4.2 -mavx "-mavx -mfma" -mavx2 "-mavx2 -mfma" -mavx512f -march=x86-64-v4; do
  printf '#include <tenon/backend/cpu/vector.hpp>\nTENON_ISA\n' | "$compiler" -std=c++20 -I "$project/include" $flags -E -x c++ - | tail -1
done)
[ "$(echo "$names" | wc -l)" -eq 11 ] && [ -z "$(echo "$names" | sort | uniq -d)" ] && exit 0
echo "equal names:" $names
exit 1
