// The same two networks as somebody would write them who knows their sizes and the machine, AVX-512.
#include <immintrin.h>

/// sum[v] = bias + x(In) w(In, 16 Vectors), as many sums at a time as hide the latency of an addition.
template <int In, int Vectors, int Chains>
[[gnu::always_inline]] inline void dense(__m512* sum, const float* x, const float* w, const float* bias) {
  __m512 part[Chains][Vectors];
#pragma GCC unroll 8
  for (int c = 0; c < Chains; ++c)
#pragma GCC unroll 8
    for (int v = 0; v < Vectors; ++v) part[c][v] = c == 0 ? _mm512_load_ps(bias + 16 * v) : _mm512_setzero_ps();
  for (int k = 0; k < In; k += Chains)
#pragma GCC unroll 8
    for (int c = 0; c < Chains; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v) part[c][v] = _mm512_fmadd_ps(_mm512_set1_ps(x[k + c]), _mm512_load_ps(w + ((k + c) * Vectors + v) * 16), part[c][v]);
#pragma GCC unroll 8
  for (int v = 0; v < Vectors; ++v) {
    sum[v] = part[0][v];
#pragma GCC unroll 8
    for (int c = 1; c < Chains; ++c) sum[v] = _mm512_add_ps(sum[v], part[c][v]);
  }
}

/// The larger of each number and zero.
template <int Vectors>
[[gnu::always_inline]] inline void relu(float* y, const __m512* sum) {
#pragma GCC unroll 8
  for (int v = 0; v < Vectors; ++v) _mm512_store_ps(y + 16 * v, _mm512_max_ps(sum[v], _mm512_setzero_ps()));
}

struct Narrow {
  alignas(64) float w1[8 * 16], b1[16], w2[16 * 16], b2[16], w3[16], b3;
};
struct Wide {
  alignas(64) float w1[16 * 64], b1[64], w2[64 * 64], b2[64], w3[64 * 16], b3[16];
};

void narrow(const Narrow& net, const float* x, float* y) {
  alignas(64) float h[16];
  __m512 sum[1];
  dense<8, 1, 4>(sum, x, net.w1, net.b1);
  relu<1>(h, sum);
  dense<16, 1, 4>(sum, h, net.w2, net.b2);
  relu<1>(h, sum);
  *y = net.b3 + _mm512_reduce_add_ps(_mm512_mul_ps(_mm512_load_ps(h), _mm512_load_ps(net.w3)));
}

void wide(const Wide& net, const float* x, float* y) {
  alignas(64) float h[64];
  __m512 sum[4];
  dense<16, 4, 2>(sum, x, net.w1, net.b1);
  relu<4>(h, sum);
  dense<64, 4, 2>(sum, h, net.w2, net.b2);
  relu<4>(h, sum);
  dense<64, 1, 8>(sum, h, net.w3, net.b3);
  _mm512_mask_storeu_ps(y, 0x3ff, sum[0]);
}
