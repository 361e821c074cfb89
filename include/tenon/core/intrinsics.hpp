// The vector instructions of the compiler, without a warning that is none.
#pragma once

// g++ 12 says of its own AVX-512 header that variables in it are used uninitialized (GCC bug 105593); they are meant to be.
// What is ignored where a header is first included stays ignored wherever its functions end up, so this comes before xsimd.
#if defined(__AVX512F__) && defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif
