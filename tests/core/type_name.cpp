#include <tenon/core/type_name.hpp>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace outer {
struct SimpleNet {};
template <class... T> struct Pair {};
}  // namespace outer
namespace {
struct Conv2D {};
struct F1Score {};
struct TopKMeanIoU {};
template <int... N> struct GatedWith {};
}  // namespace

TEST_CASE("type_name leaves out namespaces, also those without name", "[core][type_name]") {
  struct Local {};
  CHECK(tn::type_name<outer::SimpleNet>() == "SimpleNet");
  CHECK(tn::type_name<Conv2D>() == "Conv2D");
  CHECK(tn::type_name<GatedWith<1, 2>>() == "GatedWith<1, 2>");
  CHECK(tn::type_name<outer::Pair<Conv2D, outer::SimpleNet>>() == "Pair<Conv2D, SimpleNet>");
  CHECK(tn::type_name<Local>() == "Local");
}
TEST_CASE("snake_case_name is the class's name in Keras's manner", "[core][type_name]") {
  CHECK(tn::snake_case_name<outer::SimpleNet>() == "simple_net");
  CHECK(tn::snake_case_name<Conv2D>() == "conv2d");
  CHECK(tn::snake_case_name<F1Score>() == "f1_score");  // as keras.src.utils.naming.to_snake_case says
  CHECK(tn::snake_case_name<TopKMeanIoU>() == "top_k_mean_io_u");
  CHECK(tn::snake_case_name<GatedWith<1>>() == "gated");
  CHECK(tn::snake_case_name<outer::Pair<Conv2D>>() == "pair");
}
