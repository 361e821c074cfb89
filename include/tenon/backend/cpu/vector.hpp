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

#if !defined(TENON_HAS_XSIMD)
#define TENON_ISA one_lane
#elif defined(__AVX512F__) && defined(__AVX512BF16__)
#define TENON_ISA avx512_bf16
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
#elif defined(__aarch64__)
#define TENON_ISA neon64
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

#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)
/// All bits set in the first lanes: what the masked instructions of AVX want. Without them the end of a row goes through memory lane by
/// lane: half of the time of a softmax of ten.
[[gnu::always_inline]] inline __m256i mask_of(First<float> first) {
  static constexpr std::int32_t bits[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bits + 8 - first.count));
}
#endif

/// Reads the first lanes only; the others are zero.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const T* p, First<T> first) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 has no masked load
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << first.count) - 1), p));
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << first.count) - 1), p));
#endif
  if (first.count == lanes<T>) return load(p);
#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && lanes<T> == 8) return Vector<T>(_mm256_maskload_ps(p, mask_of(first)));
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
  if constexpr (std::is_same_v<T, float> && lanes<T> == 16) return Vector<T>(_mm512_mask_loadu_ps(rest, static_cast<__mmask16>((1u << first.count) - 1), p));
  if constexpr (std::is_same_v<T, double> && lanes<T> == 8) return Vector<T>(_mm512_mask_loadu_pd(rest, static_cast<__mmask8>((1u << first.count) - 1), p));
#endif
#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && lanes<T> == 8) return Vector<T>(_mm256_blendv_ps(rest, _mm256_maskload_ps(p, mask_of(first)), _mm256_castsi256_ps(mask_of(first))));
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
