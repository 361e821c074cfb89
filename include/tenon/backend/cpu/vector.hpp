// The vectors that the CPU kernels compute with: the only file that includes xsimd or uses an instruction set's own functions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#if !defined(TENON_NO_SIMD)
#include <tenon/core/intrinsics.hpp>
#include <xsimd/xsimd.hpp>
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#define TENON_HAS_XSIMD
#endif
#endif

#if !defined(TENON_HAS_XSIMD)
#define TENON_ISA one_lane
#elif defined(__AVX512F__)
#define TENON_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define TENON_ISA avx2_fma
#elif defined(__AVX__)
#define TENON_ISA avx
#elif defined(__SSE4_1__)
#define TENON_ISA sse4
#elif defined(__SSE2__)
#define TENON_ISA sse2
#else
#define TENON_ISA native
#endif

/// Kernels live in an inline namespace named after the instruction set, so that translation units that are compiled for
/// different machines do not share (and silently exchange) their functions.
namespace tenon::cpu::inline TENON_ISA {

/// One lane, with a vector's interface: for machines (and scalars) that have no vectors.
template <class T>
struct OneLane {
  using value_type = T;
  static constexpr std::size_t size = 1;
  T x{};
  OneLane() = default;
  explicit OneLane(T value) : x(value) {}
  static OneLane load_unaligned(const T* p) { return OneLane(*p); }
  void store_unaligned(T* p) const { *p = x; }
  friend OneLane operator+(OneLane a, OneLane b) { return OneLane(a.x + b.x); }
  friend OneLane operator-(OneLane a, OneLane b) { return OneLane(a.x - b.x); }
  friend OneLane operator*(OneLane a, OneLane b) { return OneLane(a.x * b.x); }
  friend OneLane operator/(OneLane a, OneLane b) { return OneLane(a.x / b.x); }
  friend OneLane operator-(OneLane a) { return OneLane(-a.x); }
  friend OneLane operator^(OneLane a, OneLane b) { return OneLane(a.x ^ b.x); }
  friend OneLane operator>>(OneLane a, int bits) { return OneLane(a.x >> bits); }
  friend bool operator<(OneLane a, OneLane b) { return a.x < b.x; }
  friend bool operator<=(OneLane a, OneLane b) { return a.x <= b.x; }
  friend bool operator>(OneLane a, OneLane b) { return a.x > b.x; }
  friend bool operator>=(OneLane a, OneLane b) { return a.x >= b.x; }
  friend bool operator==(OneLane a, OneLane b) { return a.x == b.x; }
  friend bool operator!=(OneLane a, OneLane b) { return a.x != b.x; }
};

#if !defined(TENON_HAS_XSIMD)
template <class T>
inline constexpr bool has_vectors = false;
template <class T>
using Vector = OneLane<T>;
#else
template <class T>
inline constexpr bool has_vectors = xsimd::has_simd_register<T, xsimd::default_arch>::value;
template <class T, bool = has_vectors<T>>
struct VectorOf {
  using type = OneLane<T>;
};
template <class T>
struct VectorOf<T, true> {
  using type = xsimd::batch<T>;
};
/// As many numbers as one instruction computes with.
template <class T>
using Vector = typename VectorOf<T>::type;
#endif

template <class T>
inline constexpr int lanes = static_cast<int>(Vector<T>::size);

/// The vector registers of the machine, which bound the tile of a matrix product.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr int vector_registers = 32;
#else
inline constexpr int vector_registers = 16;
#endif

template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p) {
  return Vector<T>::load_unaligned(p);
}
template <class T>
[[gnu::always_inline]] inline void save(T* p, Vector<T> v) {
  v.store_unaligned(p);
}

/// The first `count` lanes of a vector: what is left at the end of a row.
template <class T>
struct First {
  int count;
  [[gnu::always_inline]] explicit First(long left) : count(static_cast<int>(std::min<long>(left, lanes<T>))) {}
};

/// Reads the first lanes only; the others are zero.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 has no masked load
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << first.count) - 1), p));
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << first.count) - 1), p));
#endif
  if (first.count == lanes<T>) return load(p);
  T buffer[static_cast<std::size_t>(lanes<T>)]{};
  for (int i = 0; i < first.count; ++i) buffer[i] = p[i];
  return load(buffer);
}
/// Reads the first lanes only; the others are those of `rest`.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p, First<T> first, Vector<T> rest) {
  if (first.count == lanes<T>) return load(p);
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_mask_loadu_ps(rest, static_cast<__mmask16>((1u << first.count) - 1), p));
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_mask_loadu_pd(rest, static_cast<__mmask8>((1u << first.count) - 1), p));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, rest);
  for (int i = 0; i < first.count; ++i) buffer[i] = p[i];
  return load(buffer);
}
/// Writes the first lanes only.
template <class T>
[[gnu::always_inline]] inline void save(T* p, Vector<T> v, First<T> first) {
  if (first.count == lanes<T>) return save(p, v);  // a masked store takes several times as long, also when the mask is full
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 has no masked store
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << first.count) - 1), v);
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << first.count) - 1), v);
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, v);
  for (int i = 0; i < first.count; ++i) p[i] = buffer[i];
}

/// Writes the first lanes as small whole numbers.
template <class T>
[[gnu::always_inline]] inline void save_int8(std::int8_t* p, Vector<T> v, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd converts between numbers of one size only
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16)
    if (first.count == lanes<T>) return _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(_mm512_cvttps_epi32(v)));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, v);
  for (int i = 0; i < first.count; ++i) p[i] = static_cast<std::int8_t>(buffer[i]);
}

/// The lanes of `values` and of `numbers` for which number[i] == wanted and value[i] != 0, written one after the other; returns how many.
/// Up to a vector more is overwritten.
template <class T>
[[gnu::always_inline]] inline int keep(T* kept, std::int32_t* kept_numbers, const T* values, const std::int32_t* numbers, const std::int8_t* number, int wanted, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512BW__)  // xsimd cannot compress
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) {
    const auto valid = static_cast<__mmask16>((1u << first.count) - 1);
    const __m512 v = _mm512_maskz_loadu_ps(valid, values);
    const auto equal = _mm_mask_cmpeq_epi8_mask(valid, _mm_maskz_loadu_epi8(valid, number), _mm_set1_epi8(static_cast<char>(wanted)));
    const __mmask16 mask = _mm512_mask_cmp_ps_mask(equal, v, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    _mm512_storeu_ps(kept, _mm512_maskz_compress_ps(mask, v));  // storing what was compressed takes much less time than a compressing store
    _mm512_storeu_si512(kept_numbers, _mm512_maskz_compress_epi32(mask, _mm512_loadu_si512(numbers)));
    return __builtin_popcount(mask);
  }
#endif
  int count = 0;
  for (int i = 0; i < first.count; ++i) {
    kept[count] = values[i], kept_numbers[count] = numbers[i];
    count += number[i] == wanted && values[i] != 0;
  }
  return count;
}

/// f(a lane of each) in every lane: for what has no vector instruction.
template <class T, class F, class... Vectors>
Vector<T> each_lane(F f, Vectors... v) {
  constexpr auto count = static_cast<std::size_t>(lanes<T>);
  T in[sizeof...(v)][count], out[count];
  int k = 0;
  (save(in[k++], v), ...);
  for (std::size_t i = 0; i < count; ++i) {
    if constexpr (sizeof...(v) == 1) out[i] = f(in[0][i]);
    if constexpr (sizeof...(v) == 2) out[i] = f(in[0][i], in[1][i]);
  }
  return load(out);
}

/// a * b + c, rounded once where the machine can.
template <class T>
[[gnu::always_inline]] inline Vector<T> multiply_add(Vector<T> a, Vector<T> b, Vector<T> c) {
  if constexpr (lanes<T> == 1) {
    return a * b + c;
  } else {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 computes x * y + z, which only g++ contracts
    if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_fmadd_ps(a, b, c));
    if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_fmadd_pd(a, b, c));
#endif
    return fma(a, b, c);
  }
}

/// a 2^n for whole n, also where 2^n itself is too large or too small to be a number.
template <class T>
[[gnu::always_inline]] inline Vector<T> scale(Vector<T> a, Vector<T> n) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd has no name for this instruction
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_scalef_ps(a, n));
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_scalef_pd(a, n));
#endif
  const auto half = to_int(floor(n * Vector<T>(T(0.5))));
  return ldexp(ldexp(a, half), to_int(n) - half);
}

/// Lane by lane: condition ? a : b.
template <class T, class Mask>
[[gnu::always_inline]] inline Vector<T> choose(Mask condition, Vector<T> a, Vector<T> b) {
  if constexpr (lanes<T> == 1) {
    return condition ? a : b;
  } else {
    return select(condition, a, b);
  }
}

/// Lane by lane: a > b ? a : b, which is b where one of them is NaN.
template <class T>
[[gnu::always_inline]] inline Vector<T> larger(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__SSE2__)  // one instruction, which other machines define differently; a comparison and a choice take four times as long
  if constexpr (lanes<T> > 1) return xsimd::max(a, b);
#endif
  return choose<T>(a > b, a, b);
}
/// Lane by lane: a < b ? a : b, which is b where one of them is NaN.
template <class T>
[[gnu::always_inline]] inline Vector<T> smaller(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__SSE2__)
  if constexpr (lanes<T> > 1) return xsimd::min(a, b);
#endif
  return choose<T>(a < b, a, b);
}

/// The size of one and the sign of the other; a >= 0.
template <class T>
[[gnu::always_inline]] inline Vector<T> with_sign_of(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD)
  if constexpr (lanes<T> > 1) return a | (b & Vector<T>(T(-0.0)));
#endif
  return choose<T>(b < Vector<T>(T(0)), -a, a);
}

/// True for NaN. (Not a != a, which is false with AVX in xsimd 8.1.)
template <class T>
[[gnu::always_inline]] inline auto is_nan(Vector<T> a) {
  return !(a == a);
}

/// Is there NaN in any lane?
template <class T>
[[gnu::always_inline]] inline bool has_nan(Vector<T> a) {
  if constexpr (lanes<T> == 1) return !(a == a);
  else return any(is_nan<T>(a));
}

/// The lanes 0, 1, 2, ...
template <class T>
inline Vector<T> ramp() {
  T numbers[static_cast<std::size_t>(lanes<T>)];
  for (int i = 0; i < lanes<T>; ++i) numbers[i] = static_cast<T>(i);
  return load(numbers);
}

/// x = fraction 2^exponent with 3/4 <= fraction < 3/2; zero and infinity are powers of two here, and what is below zero has NaN for a fraction.
template <class T>
struct Parts {
  static constexpr bool exists = false;
};
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd has no name for these instructions, which take denormal numbers as well
template <>
struct Parts<float> {
  static constexpr bool exists = true;
  Vector<float> fraction, exponent;
  [[gnu::always_inline]] explicit Parts(Vector<float> x) : fraction(_mm512_getmant_ps(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan)) {
    exponent = Vector<float>(_mm512_sub_ps(_mm512_getexp_ps(x), _mm512_getexp_ps(fraction)));
  }
};
#endif

/// Lanes picked from a vector by number: at(table, i)[lane] = table[i[lane]].
template <class T>
struct Lookup {
  static constexpr bool exists = false;
};
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512BW__)  // xsimd 8.1 cannot permute by a variable
template <>
struct Lookup<float> {
  static constexpr bool exists = true;
  using Numbers = __m512i;
  [[gnu::always_inline]] static Numbers numbers(const std::int8_t* p, First<float> first) {
    return _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(static_cast<__mmask16>((1u << first.count) - 1), p));
  }
  [[gnu::always_inline]] static Numbers numbers(Vector<float> whole) { return _mm512_cvtps_epi32(whole); }
  [[gnu::always_inline]] static Numbers last_bits(Vector<float> x) { return _mm512_castps_si512(x); }  // as a number: those that a table needs
  [[gnu::always_inline]] static Numbers plus(Numbers i, int n) { return _mm512_add_epi32(i, _mm512_set1_epi32(n)); }
  [[gnu::always_inline]] static Numbers at(const std::int32_t (&table)[16], Numbers i) { return _mm512_permutexvar_epi32(i, _mm512_loadu_si512(table)); }
  [[gnu::always_inline]] static Vector<float> at(Vector<float> table, Numbers i) { return Vector<float>(_mm512_permutexvar_ps(i, table)); }
  [[gnu::always_inline]] static Vector<float> at(const float (&table)[32], Numbers i) { return Vector<float>(_mm512_permutex2var_ps(load(table), i, load(table + 16))); }
};
#endif

/// to(k, j) = from(j, k): a square of lanes x lanes numbers whose rows lie `to_row` and `from_row` apart.
template <class T>
[[gnu::always_inline]] inline void transpose_square(T* to, long to_row, const T* from, long from_row) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot transpose
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) {
    __m512 r[16];
    for (int i = 0; i < 16; ++i) r[i] = _mm512_loadu_ps(from + i * from_row);
#pragma GCC unroll 4
    for (int half = 1; half < 16; half *= 2) {  // swaps blocks of half x half numbers across the diagonal
      const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), bit = _mm512_set1_epi32(half);
      const __mmask16 upper = _mm512_test_epi32_mask(lane, bit);
      const __m512i low = _mm512_mask_blend_epi32(upper, lane, _mm512_add_epi32(lane, _mm512_set1_epi32(16 - half)));
      const __m512i high = _mm512_mask_blend_epi32(upper, _mm512_add_epi32(lane, bit), _mm512_add_epi32(lane, _mm512_set1_epi32(16)));
#pragma GCC unroll 16
      for (int i = 0; i < 16; ++i)
        if ((i & half) == 0) {
          const __m512 a = r[i], b = r[i + half];
          r[i] = _mm512_permutex2var_ps(a, low, b);
          r[i + half] = _mm512_permutex2var_ps(a, high, b);
        }
    }
    for (int i = 0; i < 16; ++i) _mm512_storeu_ps(to + i * to_row, r[i]);
    return;
  }
#endif
  for (int k = 0; k < lanes<T>; ++k)
    for (int j = 0; j < lanes<T>; ++j) to[k * to_row + j] = from[j * from_row + k];
}

/// The lanes i and i + Half of every 2 Half lanes exchanged; for vectors with a period of 2 Half lanes.
template <int Half, class T>
[[gnu::always_inline]] inline Vector<T> exchange(Vector<T> v) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot permute
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) {
    if constexpr (Half >= 4) return Vector<T>(_mm512_shuffle_f32x4(v, v, Half == 8 ? 0x4E : 0xB1));
    else return Vector<T>(_mm512_permute_ps(v, Half == 2 ? 0x4E : 0xB1));
  }
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (std::is_same_v<T, float> && lanes<T> == 8) {
    if constexpr (Half == 4) return Vector<T>(_mm256_permute2f128_ps(v, v, 1));
    else return Vector<T>(_mm256_permute_ps(v, Half == 2 ? 0x4E : 0xB1));
  }
#endif
  T twice[2 * static_cast<std::size_t>(lanes<T>)];
  save(twice, v);
  save(twice + lanes<T>, v);
  return load(twice + Half);
}
/// f applied to all lanes in pairs, for an f of two vectors that is associative and commutative: the result is in every lane, and the
/// order is always the same.
template <class T, int Half = lanes<T> / 2, class F>
[[gnu::always_inline]] inline Vector<T> fold(Vector<T> v, F f) {
  if constexpr (Half == 0) return v;
  else return fold<T, Half / 2>(f(v, exchange<Half, T>(v)), f);
}
/// The sum of all lanes, in every lane.
template <class T>
[[gnu::always_inline]] inline Vector<T> sum_everywhere(Vector<T> v) {
  return fold<T>(v, [](Vector<T> a, Vector<T> b) __attribute__((always_inline)) { return a + b; });
}
template <class T>
[[gnu::always_inline]] inline T first_lane(Vector<T> v) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return _mm512_cvtss_f32(v);
#endif
  T x[static_cast<std::size_t>(lanes<T>)];
  save(x, v);
  return x[0];
}
/// The sum of all lanes, always in the same order.
template <class T>
inline T sum_of(Vector<T> v) {
  return first_lane<T>(sum_everywhere<T>(v));
}

/// Integers as floating-point numbers.
template <class T>
[[gnu::always_inline]] inline Vector<T> load_int(const std::int32_t* p, First<T> first) {
#if defined(TENON_HAS_XSIMD)
  if constexpr (std::is_same_v<T, float> && lanes<T> > 1)
    if (first.count == lanes<T>) return xsimd::to_float(xsimd::batch<std::int32_t>::load_unaligned(p));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)]{};
  for (int i = 0; i < first.count; ++i) buffer[i] = static_cast<T>(p[i]);
  return load(buffer);
}

#if defined(TENON_HAS_XSIMD)
/// Integers below 2^31 as floats.
[[gnu::always_inline]] inline Vector<float> to_float_lanes(xsimd::batch<std::uint32_t> x) {
#if XSIMD_VERSION_MAJOR < 9
  return xsimd::to_float(xsimd::bitwise_cast<xsimd::batch<std::int32_t>>(x));
#else
  return xsimd::to_float(xsimd::bitwise_cast<std::int32_t>(x));
#endif
}
#endif
inline OneLane<float> to_float_lanes(OneLane<std::uint32_t> x) { return OneLane<float>(static_cast<float>(x.x)); }

}  // namespace tenon::cpu::inline TENON_ISA
