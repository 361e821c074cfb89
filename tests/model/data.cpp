#include <tenon/activations/sigmoid.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/categorical_crossentropy.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

struct Line : tn::Sequential<tn::Input<2>, tn::Dense<1>> {};
struct Classes : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::Softmax>> {};
struct Unflattened : tn::Sequential<tn::Input<2, 2, 1>, tn::Dense<3, tn::Softmax>> {};
struct Squares : tn::Sequential<tn::Input<2, 2>, tn::Dense<3>> {};
struct Images : tn::Sequential<tn::Input<2, 2, 1>, tn::Flatten, tn::Dense<1>> {};
struct Join {
  tn::Dense<2> left;
  constexpr auto call(auto a, auto b) const { return left(a) + b; }
};
struct Two : tn::Graph<Join, tn::Input<3>, tn::Input<2>> {};
struct Fork {
  tn::Dense<2> a;
  tn::Dense<3, tn::Softmax> b;
  constexpr auto call(auto x) const { return tn::outputs(a(x), b(x)); }
};
struct Forked : tn::Graph<Fork, tn::Input<2>> {};

template <class Net>
auto regression() { return tn::compile<Net, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}); }
auto classifier() { return tn::compile<Classes, tn::Reference>(tn::SGD{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}); }

template <class T>
double loss_with(T one, T two) {
  auto model = regression<Line>();
  const xt::xtensor<T, 2> x{{one, two}, {two, one}};
  const xt::xtensor<T, 1> y{one, two};
  return model.train_on_batch(x, y)[0];
}

}  // namespace

TEST_CASE("x and y may have elements of any type", "[model][data]") {
  const double loss = loss_with<float>(1, 2);
  CHECK(loss_with<double>(1, 2) == loss);
  CHECK(loss_with<int>(1, 2) == loss);
  CHECK(loss_with<long>(1, 2) == loss);
  CHECK(loss_with<long long>(1, 2) == loss);
  CHECK(loss_with<unsigned>(1, 2) == loss);
  CHECK(loss_with<std::size_t>(1, 2) == loss);
  CHECK(loss_with<std::uint8_t>(1, 2) == loss);
  CHECK(loss_with<short>(1, 2) == loss);
  CHECK(loss_with<signed char>(1, 2) == loss);
  CHECK(loss_with<bool>(true, false) == loss_with<float>(1, 0));
}
TEST_CASE("x may be an expression, a temporary or have any layout", "[model][data]") {
  auto model = regression<Line>();
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}, {5, 6}};
  const auto expected = model.predict(x);
  const xt::xtensor<float, 2, xt::layout_type::column_major> columns = x;
  CHECK((model.predict(columns) == expected));
  CHECK((model.predict(xt::xarray<float>(x)) == expected));
  CHECK((model.predict(2 * x - x) == expected));
  CHECK((model.predict(x, {.batch_size = 2}) == expected));
  CHECK((model.predict_on_batch(x) == expected));
}
TEST_CASE("one axis of extent 1 may be missing or too many", "[model][data]") {
  auto model = regression<Line>();
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  const xt::xtensor<float, 1> y1{1, 2};
  const xt::xtensor<float, 2> y2{{1}, {2}};
  CHECK(model.test_on_batch(x, y1) == model.test_on_batch(x, y2));
  auto images = regression<Images>();
  xt::xtensor<float, 3> squares = xt::ones<float>({3, 2, 2});
  CHECK(images.predict(squares).shape() == std::array<std::size_t, 2>{3, 1});
  auto classes = classifier();
  CHECK(classes.test_on_batch(x, xt::xtensor<int, 1>{0, 2}) == classes.test_on_batch(x, xt::xtensor<double, 2>{{0}, {2}}));
}
TEST_CASE("a model may have several inputs and outputs", "[model][data]") {
  auto two = regression<Two>();
  const xt::xtensor<float, 2> a = xt::ones<float>({4, 3});
  const xt::xtensor<double, 2> b = xt::ones<double>({4, 2});
  two.fit(tn::inputs(a, b), b, {.verbose = 0});
  CHECK(two.predict(tn::inputs(a, b)).shape() == std::array<std::size_t, 2>{4, 2});
  CHECK(error_of([&] { two.predict(a); }) == "predict: x is 1 tensors, expected 2, one for each input of the model; join them with tn::inputs");
  CHECK(error_of([&] { two.predict(tn::inputs(a, a)); }) == "predict: input 1 of x has the shape (4, 3), expected (N, 2), N samples");
  const xt::xtensor<float, 2> short_b = xt::ones<float>({3, 2});
  CHECK(error_of([&] { two.predict(tn::inputs(a, short_b)); }) == "predict: input 1 of x has 3 samples, expected 4 as in the first input");

  tn::Predictor<Forked, tn::Reference> forked;
  const auto [left, right] = forked.predict(xt::xtensor<float, 2>{{1, 2}, {3, 4}});
  CHECK(left.shape() == std::array<std::size_t, 2>{2, 2});
  CHECK(right.shape() == std::array<std::size_t, 2>{2, 3});
  CHECK(right(1, 0) + right(1, 1) + right(1, 2) == Approx(1));
}

TEST_CASE("data of the wrong shape are refused with both shapes", "[model][data]") {
  auto model = regression<Line>();
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}}, wide{{1, 2, 3}}, none = xt::xtensor<float, 2>::from_shape({0, 2});
  const xt::xtensor<float, 1> y{1, 2}, three{1, 2, 3};
  CHECK(error_of([&] { model.fit(wide, y); }) == "fit: x has the shape (1, 3), expected (N, 2), N samples");
  CHECK(error_of([&] { model.fit(y, y); }) == "fit: x has the shape (2,), expected (N, 2), N samples");
  CHECK(error_of([&] { model.fit(x, x); }) == "fit: y has the shape (2, 2), expected (N, 1), N samples");
  CHECK(error_of([&] { model.fit(x, three); }) == "fit: y has 3 samples, expected 2 as x has");
  CHECK(error_of([&] { model.fit(none, y); }) == "fit: x is empty: it has the shape (0, 2), expected at least one sample");
  CHECK(error_of([&] { model.evaluate(none, y); }) == "evaluate: x is empty: it has the shape (0, 2), expected at least one sample");
  CHECK(error_of([&] { model.evaluate(x, y, {.batch_size = 0}); }) == "evaluate: batch_size is 0, expected at least 1");
  CHECK(error_of([&] { model.predict(x, {.batch_size = 0}); }) == "predict: batch_size is 0, expected at least 1");
  CHECK(error_of([&] { model.predict(none); }) == "predict: x is empty: it has the shape (0, 2), expected at least one sample");
  CHECK(error_of([&] { model.train_on_batch(x, three); }) == "train_on_batch: y has 3 samples, expected 2 as x has");
  CHECK(error_of([&] { model.fit(x, y, {.sample_weight = three}); }) == "fit: sample_weight has the shape (3,), expected (2,), one number for each sample");
  CHECK(error_of([&] { model.fit(x, y, {.validation_data = {wide, y}}); }) == "fit: validation_data: x has the shape (1, 3), expected (N, 2), N samples");
}
TEST_CASE("labels that are no classes are refused with their place", "[model][data]") {
  auto model = classifier();
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  const auto error = [&](const auto& y) { return error_of([&] { model.fit(x, y); }); };
  CHECK(error(xt::xtensor<int, 1>{0, 3}) == "fit: y(1) is 3, expected a whole number from 0 to 2, the model's classes");
  CHECK(error(xt::xtensor<long, 2>{{-1}, {0}}) == "fit: y(0, 0) is -1, expected a whole number from 0 to 2, the model's classes");
  CHECK(error(xt::xtensor<float, 1>{0, 1.5f}) == "fit: y(1) is 1.500000, expected a whole number from 0 to 2, the model's classes");
  CHECK(error(xt::xtensor<float, 1>{std::numeric_limits<float>::quiet_NaN(), 0}) == "fit: y(0) is nan, expected a whole number from 0 to 2, the model's classes");
  CHECK(error(x) == "fit: y has the shape (2, 2), expected (N,), N samples");
}
TEST_CASE("labels of the wrong kind are refused with a hint", "[model][data]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  const auto error = [](auto& model, const auto& inputs, const auto& y) { return error_of([&] { model.fit(inputs, y); }); };
  auto one_hot = tn::compile<Classes, tn::Reference>(tn::SGD{}, tn::CategoricalCrossentropy{});
  const std::string sparse = "; class numbers are for tn::SparseCategoricalCrossentropy, and tn::to_categorical makes them one-hot";
  CHECK(error(one_hot, x, xt::xtensor<int, 1>{0, 2}) == "fit: y has the shape (2,), expected (N, 3), N samples" + sparse);
  CHECK(error(one_hot, x, xt::xtensor<float, 2>{{0}, {2}}) == "fit: y has the shape (2, 1), expected (N, 3), N samples" + sparse);
  CHECK(error(one_hot, x, xt::xtensor<float, 1>{0, 3}) == "fit: y has the shape (2,), expected (N, 3), N samples");
  CHECK(error(one_hot, x, xt::xtensor<float, 1>{0.5f, 1}) == "fit: y has the shape (2,), expected (N, 3), N samples");
  auto numbers = classifier();
  CHECK(error(numbers, x, xt::xtensor<float, 2>{{0, 0, 1}, {1, 0, 0}}) ==
        "fit: y has the shape (2, 3), expected (N,), N samples; one-hot labels are for tn::CategoricalCrossentropy");

  const xt::xtensor<float, 4> images = xt::ones<float>({2, 2, 2, 1});
  const std::string flatten = "; the model's output has more axes than the labels: is a tn::Flatten missing before the last layers?";
  auto sparse_images = tn::compile<Unflattened, tn::Reference>(tn::SGD{}, tn::SparseCategoricalCrossentropy{});
  CHECK(error(sparse_images, images, xt::xtensor<int, 1>{0, 2}) == "fit: y has the shape (2,), expected (N, 2, 2), N samples" + flatten);
  auto categorical_images = tn::compile<Unflattened, tn::Reference>(tn::SGD{}, tn::CategoricalCrossentropy{});
  CHECK(error(categorical_images, images, xt::xtensor<float, 2>{{0, 0, 1}, {1, 0, 0}}) == "fit: y has the shape (2, 3), expected (N, 2, 2, 3), N samples" + flatten);
  CHECK(error(categorical_images, images, xt::xtensor<int, 3>{{{0, 1}, {1, 2}}, {{0, 1}, {1, 2}}}) == "fit: y has the shape (2, 2, 2), expected (N, 2, 2, 3), N samples" + sparse);
}
TEST_CASE("the first number that is not finite is named, wherever it stands and however many there are", "[model][data]") {
  std::vector<float> values(100003, 1);
  CHECK(tn::detail::find_not_finite(values.data(), 100003) == -1);
  CHECK(tn::detail::find_not_finite(values.data(), 0) == -1);
  for (const long at : {100002L, 70001L, 70000L, 1024L, 1023L, 0L}) {
    values[static_cast<std::size_t>(at)] = at % 2 ? std::numeric_limits<float>::quiet_NaN() : -std::numeric_limits<float>::infinity();
    CHECK(tn::detail::find_not_finite(values.data(), 100003) == at);
  }
}

TEST_CASE("data that are no numbers are refused with their place", "[model][data]") {
  auto model = regression<Line>();
  xt::xtensor<double, 2> x{{1, 2}, {3, 4}};
  const xt::xtensor<float, 1> y{1, 2};
  x(1, 0) = std::numeric_limits<double>::quiet_NaN();
  CHECK(error_of([&] { model.fit(x, y); }) == "fit: x(1, 0) is NaN, expected a finite number");
  CHECK(error_of([&] { model.train_on_batch(x, y); }) == "train_on_batch: x(1, 0) is NaN, expected a finite number");
  CHECK(std::isnan(model.predict(x)(1, 0)));  // a prediction says so itself
  x(1, 0) = 3;
  x(0, 1) = -std::numeric_limits<double>::infinity();
  CHECK(error_of([&] { model.evaluate(x, y); }) == "evaluate: x(0, 1) is -infinite, expected a finite number");
  x(0, 1) = 2;
  CHECK(error_of([&] { model.fit(x, xt::xtensor<float, 1>{1, std::numeric_limits<float>::infinity()}); }) == "fit: y(1) is infinite, expected a finite number");
  x(0, 1) = -1e300;
  CHECK(error_of([&] { model.fit(x, y); }) == "fit: x(0, 1) is -1e+300, expected a finite number of float, at most 3.4e38");
  x(0, 1) = 2;
  const xt::xtensor<double, 1> weight{1, 1e39};
  CHECK(error_of([&] { model.fit(x, y, {.sample_weight = weight}); }) == "fit: sample_weight(1) is 1e+39, expected a finite number of float, at most 3.4e38");
}
TEST_CASE("class weights are refused where there is no such class, or no such weight", "[model][data]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}}, one_hot{{0, 0, 1}, {1, 0, 0}};
  auto sparse = classifier();
  auto categorical = regression<Classes>();
  const auto error = [&](const std::map<int, double>& weights) { return error_of([&] { sparse.fit(x, xt::xtensor<int, 1>{0, 1}, {.verbose = 0, .class_weight = weights}); }); };
  CHECK(error({{3, 1.}}) == "fit: class_weight names the class 3, expected classes from 0 to 2");
  CHECK(error({{-1, 1.}}) == "fit: class_weight names the class -1, expected classes from 0 to 2");
  CHECK(error({{1, -2.}}) == "fit: class_weight of class 1 is -2, expected 0 or more, and finite");
  CHECK(error({{1, std::nan("")}}) == "fit: class_weight of class 1 is NaN, expected 0 or more, and finite");
  CHECK(error({{1, HUGE_VAL}}) == "fit: class_weight of class 1 is infinite, expected 0 or more, and finite");
  CHECK(error_of([&] { categorical.fit(x, one_hot, {.class_weight = {{3, 1.}}}); }) == "fit: class_weight names the class 3, expected classes from 0 to 2");
  auto squares = regression<Squares>();
  CHECK(error_of([&] { squares.fit(xt::xtensor<float, 3>(xt::zeros<float>({2, 2, 2})), xt::xtensor<float, 3>(xt::zeros<float>({2, 2, 3})), {.class_weight = {{0, 1.}}}); }) ==
        "fit: class_weight is given, but y has the shape (2, 2, 3), expected at most two axes: (N,), (N, 1) or (N, classes); use sample_weight");
}

TEST_CASE("class weights go by the place of the largest of one-hot labels", "[model][data]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}, {5, 6}}, one_hot{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  const auto run = [&](const tn::FitOptions& options) {
    auto model = regression<Classes>();
    return model.fit(x, one_hot, options)["loss"];
  };
  const xt::xtensor<float, 1> weights{5, 1, 2};
  CHECK(run({.verbose = 0, .class_weight = {{2, 5.}, {1, 2.}}}) == run({.verbose = 0, .sample_weight = weights}));
}
TEST_CASE("scores are refused where the model gives probabilities", "[model][data]") {
  CHECK(error_of([] { tn::compile<Classes, tn::Reference>(tn::SGD{}, tn::SparseCategoricalCrossentropy{.from_logits = true}); }) ==
        "compile: from_logits is true, but the model ends in a Softmax or Sigmoid: its output is probabilities, not scores; leave one of the two out");
}
TEST_CASE("a loss takes scores as scores and probabilities as probabilities", "[model][data]") {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  const xt::xtensor<float, 1> y{0, 1};
  const auto loss = [&](bool from_logits) {
    auto model = tn::compile<Line, tn::Reference>(tn::SGD{}, tn::BinaryCrossentropy{.from_logits = from_logits});
    const xt::xtensor<float, 2> kernel{{0.1f}, {0.1f}};
    const xt::xtensor<float, 1> bias{0.f};
    model.set_weights({kernel, bias});  // outputs 0.3 and 0.7
    const double before = model.evaluate(x, y, {.verbose = 0})[0];
    return std::pair(before, model.train_on_batch(x, y)[0]);
  };
  const double p = -(std::log(0.7) + std::log(0.7)) / 2, z = (std::log1p(std::exp(0.3)) + std::log1p(std::exp(-0.7))) / 2;
  CHECK(loss(false).first == Approx(p).epsilon(1e-5));
  CHECK(loss(false).second == Approx(p).epsilon(1e-5));
  CHECK(loss(true).first == Approx(z).epsilon(1e-5));
  CHECK(loss(true).second == Approx(z).epsilon(1e-5));
}
