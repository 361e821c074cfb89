// The vectors that the CPU kernels compute with. Only this file includes xsimd; only it, arithmetic.hpp, bits.hpp, lanes.hpp and bfloat16*.hpp use an instruction set's own functions.
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

// What processors with AVX-512 have since 2017 (x86-64-v4); the first ones had less.
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512BW__) && defined(__AVX512DQ__)
#define TENON_HAS_AVX512
#if defined(__AVX512BF16__) && !(defined(__clang_major__) && __clang_major__ < 18)  // clang 16 breaks down over vectors of bfloat16
#define TENON_HAS_BFLOAT16_INSTRUCTIONS
#endif
#endif

// A name for each set of instructions that kernels, or xsimd, tell apart.
#if !defined(TENON_HAS_XSIMD)
#define TENON_ISA one_lane
#elif defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
#define TENON_ISA avx512_bf16
#elif defined(TENON_HAS_AVX512)
#define TENON_ISA avx512
#elif defined(__AVX512F__)
#define TENON_ISA avx512f
#elif defined(__AVX2__) && defined(__FMA__)
#define TENON_ISA avx2_fma
#elif defined(__AVX2__)
#define TENON_ISA avx2
#elif defined(__AVX__) && defined(__FMA__)
#define TENON_ISA avx_fma
#elif defined(__AVX__)
#define TENON_ISA avx
#elif defined(__SSE4_2__)
#define TENON_ISA sse4_2
#elif defined(__SSE4_1__)
#define TENON_ISA sse4_1
#elif defined(__SSSE3__)
#define TENON_ISA ssse3
#elif defined(__SSE3__)
#define TENON_ISA sse3
#elif defined(__SSE2__)
#define TENON_ISA sse2
#elif defined(__aarch64__)
#define TENON_ISA neon64
#else
#define TENON_ISA native
#endif

/// Kernels live in an inline namespace named after the instruction set, so that translation units that are compiled for
/// different machines do not share (and silently exchange) their functions. They share what is no template of the backend: the inline
/// functions of core/ and model/.
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
/// Is a vector of T one of `Lanes` numbers of this type? Then an instruction set's own functions take it.
template <class T, class Number, int Lanes>
inline constexpr bool is_vector_of = std::is_same_v<T, Number> && lanes<T> == Lanes;

/// The vector registers of the machine, which bound the tile of a matrix product.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr int vector_registers = 32;
#else
inline constexpr int vector_registers = 16;
#endif

/// Can an operand of vector arithmetic be read from memory, without a register for it?
#if defined(__aarch64__)
inline constexpr bool operands_in_memory = false;
#else
inline constexpr bool operands_in_memory = true;
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
  [[gnu::always_inline]] explicit First(long left) : count(static_cast<int>(std::clamp<long>(left, 0, lanes<T>))) {}  // a panel may be wider than what is left
};

/// The first lanes, as masked instructions want them named.
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
[[gnu::always_inline]] inline __mmask16 mask_of(First<float> first) { return static_cast<__mmask16>((1u << first.count) - 1); }
[[gnu::always_inline]] inline __mmask8 mask_of(First<double> first) { return static_cast<__mmask8>((1u << first.count) - 1); }
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
/// All bits set. Without these instructions the end of a row goes through memory lane by lane: half of the time of a softmax of ten.
[[gnu::always_inline]] inline __m256i mask_of(First<float> first) {
  static constexpr std::int32_t bits[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bits + 8 - first.count));
}
#endif

/// Reads the first lanes only; the others are zero.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 has no masked load
  if constexpr (is_vector_of<T, float, 16>) return Vector<T>(_mm512_maskz_loadu_ps(mask_of(first), p));
  if constexpr (is_vector_of<T, double, 8>) return Vector<T>(_mm512_maskz_loadu_pd(mask_of(first), p));
#endif
  if (first.count == lanes<T>) return load(p);
#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 8>) return Vector<T>(_mm256_maskload_ps(p, mask_of(first)));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)]{};
  for (int i = 0; i < first.count; ++i) buffer[i] = p[i];
  return load(buffer);
}
/// Reads the first lanes only; the others are those of `rest`.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p, First<T> first, Vector<T> rest) {
  if (first.count == lanes<T>) return load(p);
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 16>) return Vector<T>(_mm512_mask_loadu_ps(rest, mask_of(first), p));
  if constexpr (is_vector_of<T, double, 8>) return Vector<T>(_mm512_mask_loadu_pd(rest, mask_of(first), p));
#endif
#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 8>) return Vector<T>(_mm256_blendv_ps(rest, _mm256_maskload_ps(p, mask_of(first)), _mm256_castsi256_ps(mask_of(first))));
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
  if constexpr (is_vector_of<T, float, 16>) return _mm512_mask_storeu_ps(p, mask_of(first), v);
  if constexpr (is_vector_of<T, double, 8>) return _mm512_mask_storeu_pd(p, mask_of(first), v);
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, v);
  for (int i = 0; i < first.count; ++i) p[i] = buffer[i];
}

/// Writes the first lanes as small whole numbers.
template <class T>
[[gnu::always_inline]] inline void save_int8(std::int8_t* p, Vector<T> v, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd converts between numbers of one size only
  if constexpr (is_vector_of<T, float, 16>)
    if (first.count == lanes<T>) return _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(_mm512_cvttps_epi32(v)));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, v);
  for (int i = 0; i < first.count; ++i) p[i] = static_cast<std::int8_t>(buffer[i]);
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

}  // namespace tenon::cpu::inline TENON_ISA
